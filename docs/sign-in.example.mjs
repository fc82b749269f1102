// SIGN_IN=/etc/elevadgang/sign-in.mjs: asks a municipality's own service. Its two addresses and its key are invented here.
import process from 'node:process'

const { OWN_SIGN_IN, OWN_TEXT_MESSAGES, OWN_KEY } = process.env
if (!OWN_SIGN_IN || !OWN_TEXT_MESSAGES || !OWN_KEY) {
  throw new Error('OWN_SIGN_IN, OWN_TEXT_MESSAGES and OWN_KEY belong into the environment')
}

/** Whoever signs in waits for the answer: a service that is slow is one that is down. */
const ANSWER_WITHIN_MS = 4_000

const ask = (address, body) =>
  fetch(address, {
    method: 'POST',
    headers: { Authorization: `Bearer ${OWN_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })

export const identity = {
  async passwordMatches(username, password) {
    const { ok, status } = await ask(OWN_SIGN_IN, { username, password })
    if (status === 401) return false
    // Neither right nor wrong: thrown, it counts as no wrong try.
    if (!ok) throw new Error(`The sign-in answered ${status}`)
    return true
  },
}

export const codes = {
  async send({ username }, code) {
    // The service knows the telephone number; Elevadgang does not.
    const { ok, status } = await ask(OWN_TEXT_MESSAGES, { username, text: `Elevadgang: ${code}` })
    if (!ok) throw new Error(`The text messages answered ${status}`)
  },
}
