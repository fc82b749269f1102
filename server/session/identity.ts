/**
 * Who says that a password is right. Staff are Unilogin's users and their passwords are Unilogin's,
 * so the API only asks; it stores no password of staff.
 */
export interface Identity {
  passwordMatches(username: string, password: string): Promise<boolean>
}
