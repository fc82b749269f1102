import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { StartFault } from './node-start'
import type { CodeDelivery } from './second-factor/delivery'
import type { Identity } from './session/identity'

/** How the staff of a municipality sign in. */
export interface SignIn {
  identity: Identity
  codes: CodeDelivery
}

function has<Name extends string>(of: unknown, name: Name): of is Record<Name, unknown> {
  return typeof of === 'object' && of !== null && name in of
}

const isIdentity = (given: unknown): given is Identity =>
  has(given, 'passwordMatches') && typeof given.passwordMatches === 'function'

const isDelivery = (given: unknown): given is CodeDelivery =>
  has(given, 'send') && typeof given.send === 'function'

/**
 * Loads a municipality's own module: its exports `identity` and `codes` are what the demo's are elsewhere. What it needs
 * to know it reads from the environment itself.
 * @throws StartFault where there is no such file, or it exports something else.
 */
export async function loadSignIn(file: string): Promise<SignIn> {
  const path = resolve(file)
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href).catch(
    (error: unknown) => {
      throw new StartFault(`SIGN_IN is ${path}, which cannot be loaded: ${String(error)}`, { cause: error })
    },
  )
  const identity = has(module, 'identity') ? module.identity : null
  const codes = has(module, 'codes') ? module.codes : null
  if (!isIdentity(identity) || !isDelivery(codes)) {
    throw new StartFault(
      `SIGN_IN is ${path}, which has to export identity, with the function passwordMatches(username, password), and codes, with the function send(staff, code).`,
    )
  }
  return { identity, codes }
}
