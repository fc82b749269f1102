import { describe, expect, test } from 'vitest'
import { da, en, labels } from './words'

type Texts = typeof da
type Label = keyof typeof labels.da

/** Where each label of the glossary stands in the locale files. */
const places: Record<Label, (texts: Texts) => string[]> = {
  signIn: ({ session }) => [session.signIn, session.signInTitle],
  signInAsAdministrator: ({ session }) => [session.signInAsAdministrator],
  username: ({ session, pupils }) => [session.username, pupils.username],
  next: ({ session }) => [session.next],
  password: ({ session }) => [session.password],
  signOut: ({ session }) => [session.signOut],
  myClasses: ({ classes }) => [classes.myClasses, classes.backToMyClasses],
  wholeSchool: ({ classes }) => [classes.wholeSchool],
  showUsername: ({ pupils }) => [pupils.revealUsername],
  hideUsername: ({ pupils }) => [pupils.hideUsername],
  copyUsername: ({ pupils }) => [pupils.copyUsername],
  showAllUsernames: ({ pupils }) => [pupils.revealAll],
  giveNewPassword: ({ passwordReset }) => [passwordReset.give],
  timeLeft: ({ passwordReset }) => [passwordReset.timeLeft],
  undo: ({ passwordReset }) => [passwordReset.undo],
  stepUp: ({ stepUp }) => [stepUp.give],
  endStepUp: ({ stepUp }) => [stepUp.end],
  waiting: ({ stepUp }) => [stepUp.waiting],
  approve: ({ stepUp }) => [stepUp.approve],
  decline: ({ stepUp }) => [stepUp.decline],
  approveAll: ({ stepUp }) => [stepUp.approveAll],
  selectAll: ({ pupils }) => [pupils.selectAll],
  search: ({ pupils }) => [pupils.search],
  tryAgain: ({ common }) => [common.tryAgain],
  otherLanguage: ({ common }) => [common.otherLanguage],
}

const isLabel = (name: string): name is Label => Object.hasOwn(labels.da, name)
const all = Object.keys(labels.da).filter(isLabel)

describe('one word for one thing: the labels are the glossary’s, word for word', () => {
  test.each(all)('%s', (label) => {
    for (const text of places[label](da)) expect(text).toBe(labels.da[label])
    for (const text of places[label](en)) expect(text).toBe(labels.en[label])
  })

  test('a password is called adgangskode, and nothing else', () => {
    expect(JSON.stringify(da)).not.toMatch(/kodeord/i)
  })
})
