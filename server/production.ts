import { type Environment, EnvironmentFault, isLoopback, readEnvironment, type Settings } from './environment'

/**
 * The two ways to start. In production people sign in by what their municipality has; anywhere else it is the demo, whose
 * staff all have one password that everybody knows.
 */
export const isProduction = (env: Environment): boolean => env.NODE_ENV === 'production'

export interface ProductionSettings extends Settings {
  /** The file of the module by which staff sign in; see node-sign-in.ts. */
  signInFile: string
}

/** The settings, or none where something is wrong with them, and all that is wrong so far. */
function read(env: Environment): { settings: Settings | null; faults: readonly string[] } {
  try {
    return { settings: readEnvironment(env), faults: [] }
  } catch (error) {
    if (error instanceof EnvironmentFault) return { settings: null, faults: error.faults }
    throw error
  }
}

/** @throws EnvironmentFault naming everything that is missing or wrong for a start in production. */
export function readProduction(env: Environment): ProductionSettings {
  const { settings, faults: wrong } = read(env)
  const faults = [...wrong]
  const signInFile = env.SIGN_IN
  if (!signInFile) {
    faults.push(
      'SIGN_IN is missing: the file of a module that asks your own sign-in whether a password is right. The password of the demo is known to everybody, so in production there is none.',
    )
  }
  if (!env.DATABASE_URL && !env.DATA_FOLDER) {
    faults.push('DATABASE_URL or DATA_FOLDER is missing: production says where its data lie.')
  }
  if (settings?.secure === false) {
    faults.push(
      'People would reach this without TLS. Give TLS_KEY and TLS_CERT, or TRUST_PROXY=1 where a proxy in front has TLS.',
    )
  }
  if (settings === null || !signInFile || faults.length > 0) {
    throw new EnvironmentFault(faults)
  }
  return { ...settings, signInFile }
}

/** @throws EnvironmentFault also where others than who sits at this machine could reach the demo. */
export function readDemo(env: Environment): Settings {
  const { settings, faults: wrong } = read(env)
  const faults = [...wrong]
  if (isProduction(env)) faults.push('NODE_ENV is "production", and this is the demo.')
  if (env.SIGN_IN) {
    faults.push('SIGN_IN counts in production only: give NODE_ENV=production, too, or leave it out.')
  }
  if (settings !== null && (settings.proxies > 0 || !isLoopback(settings.host))) {
    faults.push(
      "Others could reach this, and in the demo everybody on the staff has one password that is known to all. Leave HOST and TRUST_PROXY out, or start it with NODE_ENV=production and your own people's sign-in.",
    )
  }
  if (settings === null || faults.length > 0) throw new EnvironmentFault(faults)
  return settings
}
