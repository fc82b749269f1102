import { screen, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect } from 'vitest'
import { STAFF_PASSWORD } from '../../mocks/people'
import type { Language } from '../../src/i18n/language'
import { passTime, seconds, settle, until } from './time'
import { labels } from './words'

/** What a person does and sees, in the words of the page. Nothing here knows how the page is made. */

/** The text of an element as it is read: without superfluous white space. */
export const textOf = (element: Element | null): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

/** All that is on the page. */
export const pageText = (): string => textOf(document.body)

/** The heading of the page, if it is this one. */
export function heading(name: string): HTMLElement {
  const found = document.querySelector('h1')
  if (!found || textOf(found) !== name)
    throw new Error(`the page is headed "${textOf(found)}", not "${name}"`)
  return found
}

/** What has the focus, as it would be named to somebody who does not see it. */
export function focus(): string {
  const element = document.activeElement
  if (element === null || element === document.body) return 'nothing'
  if (element.matches('th[scope=row]')) return nameIn(element)
  return element.getAttribute('aria-label') ?? labelOf(element) ?? textOf(element)
}

function labelOf(element: Element): string | null {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return null
  const [label] = element.labels ?? []
  return label ? textOf(label) : null
}

export const dialog = () => screen.getByRole('dialog')
export const noDialog = () => expect(screen.queryByRole('dialog')).toBeNull()

/** The header cells of the rows, from the top. */
const rowHeaders = () => [...document.querySelectorAll<HTMLTableCellElement>('tbody th[scope=row]')]
const nameIn = (header: Element) => header.firstChild?.textContent ?? ''

/** The names of the rows, from the top. */
export const rowNames = (): string[] => rowHeaders().map(nameIn)

/** The pupil's row of the table. */
export function row(name: string): HTMLTableRowElement {
  const found = rowHeaders()
    .find((header) => nameIn(header) === name)
    ?.closest('tr')
  if (!found) throw new Error(`${name} has no row among ${rowNames().join(', ')}`)
  return found
}

export const rowIsThere = (name: string): boolean => rowNames().includes(name)

export function cell(name: string, column: string): HTMLTableCellElement {
  const headers = [...(row(name).closest('table')?.tHead?.rows[0]?.cells ?? [])]
  const place = headers.findIndex((header) => textOf(header) === column)
  const found = row(name).cells[place]
  if (!found) throw new Error(`there is no column ${column}`)
  return found
}

/** What the row says of how the pupil stands. */
export const status = (name: string): string => textOf(cell(name, 'Status'))

/** What the row's cell of the username says, apart from its buttons. */
export function shownUsername(name: string, column = 'Brugernavn'): string {
  const copy = cell(name, column).cloneNode(true)
  if (!(copy instanceof Element)) return ''
  for (const button of copy.querySelectorAll('button')) button.remove()
  return textOf(copy)
}

export const ticked = (): string[] =>
  rowNames().filter((name) => row(name).querySelector<HTMLInputElement>('input[type=checkbox]')?.checked)

/** The bar for those who are ticked. */
export const bar = () => screen.getByRole('region', { name: /^(Valgte elever|Selected pupils)$/ })
export const noBar = () =>
  screen.queryByRole('region', { name: /^(Valgte elever|Selected pupils)$/ }) === null

/** The box of the pupils who wait for approval. */
export const queue = () =>
  screen.getByRole('region', { name: /(venter på godkendelse|waiting for approval)$/ })
export const noQueue = () =>
  screen.queryByRole('region', { name: /(venter på godkendelse|waiting for approval)$/ }) === null

/** What is said politely to those who do not see the page. */
export const announced = (): string =>
  screen
    .getAllByRole('status')
    .map((region) => textOf(region))
    .join(' | ')

/** How often words are told to those who do not see the page: by being said, or by getting the focus. */
export const timesTold = (words: string): number =>
  announced().split(words).length - 1 + (focus().includes(words) ? 1 : 0)

export const alertText = (): string => textOf(screen.getByRole('alert'))

/** The verbs of one person at one browser. */
export function verbsOf(user: UserEvent, language: Language) {
  const words = labels[language]

  const buttonIn = (place: HTMLElement, name: string | RegExp) => within(place).getByRole('button', { name })
  const forPupil = (label: string, name: string) => `${label} for ${name}`
  const rowButton = (label: string, name: string) => buttonIn(row(name), forPupil(label, name))
  const hasRowButton = (label: string, name: string) =>
    within(row(name)).queryByRole('button', { name: forPupil(label, name) }) !== null

  const press = (place: HTMLElement, name: string | RegExp) => user.click(buttonIn(place, name))
  /** Two quick clicks; the answer to the first has come when the second is made. */
  const doubleClick = (button: HTMLElement) =>
    user.setup({ delay: seconds(0.1), advanceTimers: passTime }).dblClick(button)
  const pressInRow = (label: string, name: string) => user.click(rowButton(label, name))

  return {
    words,
    press,
    pressInRow,
    rowButton,
    hasRowButton,
    doubleClick,

    async signIn(username: string, password: string = STAFF_PASSWORD) {
      await user.type(screen.getByLabelText(words.username), username)
      await user.click(screen.getByRole('button', { name: words.next }))
      await user.type(screen.getByLabelText(words.password), password)
      await user.click(screen.getByRole('button', { name: words.signIn }))
      await settle()
    },
    signOut: () => press(screen.getByRole('banner'), words.signOut),
    changeLanguage: () => press(screen.getByRole('banner'), words.otherLanguage),

    async openClass(name: string) {
      await user.click(screen.getByRole('link', { name }))
      await until(() => heading(name))
      await settle()
    },
    async goToMyClasses() {
      await user.click(within(screen.getByRole('banner')).getByRole('link', { name: words.myClasses }))
      await until(() => heading(words.myClasses))
      await settle()
    },

    giveNewPassword: (name: string) => pressInRow(words.giveNewPassword, name),
    undo: (name: string) => pressInRow(words.undo, name),
    stepUp: (name: string) => pressInRow(words.stepUp, name),
    endStepUp: (name: string) => pressInRow(words.endStepUp, name),
    showUsername: (name: string) => pressInRow(words.showUsername, name),
    hideUsername: (name: string) => pressInRow(words.hideUsername, name),
    copyUsername: (name: string) => pressInRow(words.copyUsername, name),

    tick: (name: string) => user.click(within(row(name)).getByRole('checkbox')),
    async shiftTick(name: string) {
      await user.keyboard('{Shift>}')
      await user.click(within(row(name)).getByRole('checkbox'))
      await user.keyboard('{/Shift}')
    },
    selectAll: () => user.click(screen.getByLabelText(words.selectAll)),
    pressInBar: (label: string) => press(bar(), label),
    pressInDialog: (label: string) => press(dialog(), label),

    searchField: () => screen.getByRole('combobox', { name: words.search }),
    search: (letters: string) => user.type(screen.getByRole('combobox', { name: words.search }), letters),
    async goTo(letters: string) {
      await user.type(screen.getByRole('combobox', { name: words.search }), letters)
      await user.keyboard('{Enter}')
    },
    /** The names of the hits, best first. */
    hits: () => screen.queryAllByRole('option').map((option) => option.getAttribute('aria-label') ?? ''),

    approve: (name: string) => press(queue(), forPupil(words.approve, name)),
    decline: (name: string) => press(queue(), forPupil(words.decline, name)),
    approveAll: () => press(queue(), words.approveAll),
  }
}
