import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { SchoolData } from '../../server/store/memory'
import { CLASS_2A, renderApp } from './render-app'
import { bar, dialog, focus, pageText, row, status, textOf } from './verbs'
import { da, fill } from './words'

const oddNames = [
  '<img src=x onerror=alert(1)> Holm',
  'Asta "Mus" O\'Neill & Søn',
  'Emil \u202Egnilleh\u202C Øst',
  'Ida 🎈 Bak',
  '{{name}} $t(pupils:select)',
  'constructor __proto__',
]

/** Asta goes by another name. */
const called = (name: string) => (school: SchoolData) => ({
  ...school,
  pupils: school.pupils.map((pupil) => (pupil.username === 'asta2011' ? { ...pupil, name } : pupil)),
})

describe('abuse case 22: any name is text, and only text', () => {
  test.each(oddNames)('%s', async (name) => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', school: called(name) })
    expect(row(name).cells[1]?.firstChild?.textContent).toBe(name)
    expect(document.querySelector('img, script')).toBeNull()

    await app.giveNewPassword(name)
    expect(status(name)).toContain('Tid tilbage 5:00')
    expect(focus()).toBe(`Fortryd for ${name}`)
    expect(screen.getAllByRole('status').some((region) => region.textContent?.includes(name))).toBe(true)

    await app.tick(name)
    await app.tick('Bertram Lund')
    await app.pressInBar('Giv ny adgangskode')
    within(dialog()).getByRole('heading', { name: fill(da.passwordReset.confirmTitle_one, { count: 1 }) })
    await app.pressInDialog('Annullér')
    expect(textOf(bar())).toContain('2 elever valgt')
    expect(document.querySelector('img, script')).toBeNull()
  })

  test('what is searched for is text as well', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.search('<b>{{}}'.replaceAll('{', '{{'))
    expect(pageText()).toContain('<b>{{}}')
    expect(document.querySelector('main b, header b')).toBeNull()
  })
})
