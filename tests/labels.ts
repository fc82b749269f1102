/**
 * The visible labels that are fixed by the glossary, word for word, in both languages. Tests find controls by them;
 * longer sentences, which may be polished any day, are taken from the locale files.
 */
export const labels = {
  da: {
    signIn: 'Log på',
    signInAsAdministrator: 'Log på som brugeradministrator',
    username: 'Brugernavn',
    next: 'Næste',
    password: 'Adgangskode',
    signOut: 'Log af',
    myClasses: 'Mine klasser',
    wholeSchool: 'Hele skolen',
    showUsername: 'Vis brugernavn',
    hideUsername: 'Skjul brugernavn',
    copyUsername: 'Kopiér brugernavn',
    showAllUsernames: 'Vis alle brugernavne',
    giveNewPassword: 'Giv ny adgangskode',
    timeLeft: 'Tid tilbage',
    undo: 'Fortryd',
    stepUp: 'Giv to-faktor-adgang',
    endStepUp: 'Afslut to-faktor-adgang',
    waiting: 'Venter på godkendelse',
    approve: 'Godkend',
    decline: 'Afvis',
    approveAll: 'Godkend alle',
    selectAll: 'Vælg alle',
    search: 'Søg efter elev',
    tryAgain: 'Prøv igen',
    otherLanguage: 'English',
  },
  en: {
    signIn: 'Sign in',
    signInAsAdministrator: 'Sign in as user administrator',
    username: 'Username',
    next: 'Next',
    password: 'Password',
    signOut: 'Sign out',
    myClasses: 'My classes',
    wholeSchool: 'Whole school',
    showUsername: 'Show username',
    hideUsername: 'Hide username',
    copyUsername: 'Copy username',
    showAllUsernames: 'Show all usernames',
    giveNewPassword: 'Give new password',
    timeLeft: 'Time left',
    undo: 'Undo',
    stepUp: 'Step up',
    endStepUp: 'End step-up',
    waiting: 'Waiting for approval',
    approve: 'Approve',
    decline: 'Decline',
    approveAll: 'Approve all',
    selectAll: 'Select all',
    search: 'Search for a pupil',
    tryAgain: 'Try again',
    otherLanguage: 'Dansk',
  },
} as const

/** A text of a locale file with its blanks filled in. */
export function fill(text: string, blanks: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (blank, name: string) => {
    const filling = blanks[name]
    if (filling === undefined) throw new Error(`${blank} is left blank`)
    return String(filling)
  })
}
