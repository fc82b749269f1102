/** What a person typed as a username, made comparable: usernames are lower case. [source document 004] */
export const normaliseUsername = (typed: string): string => typed.trim().toLowerCase()

/** Whether it belongs to a local login solution: `name@domain`. [source document 004] */
export const isLocalLogin = (username: string): boolean => username.includes('@')

/** The domain of `name@domain`. */
export const domainOf = (username: string): string => username.slice(username.lastIndexOf('@') + 1)

/** Four letters and four digits. [source document 004] */
export const isUsername = (username: string): boolean => /^[a-z]{4}[0-9]{4}$/.test(username)
