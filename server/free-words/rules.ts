/**
 * Free words about a pupil are kept with the pupil and shown to others, so they may hold no username and no personal
 * number (CPR). A password cannot be told from other words; the page asks for none.
 */
const secrets: readonly RegExp[] = [/(?<![a-zæøå])[a-zæøå]{4}\d{4}(?!\d)/i, /(?<!\d)\d{6}[- ]?\d{4}(?!\d)/]

/** Whether somebody has written what must not be kept: something like a username or a personal number. */
export const holdSecret = (words: string): boolean => secrets.some((secret) => secret.test(words))
