import { screen, within } from '@testing-library/react'
import { http } from 'msw'
import { describe, expect, test } from 'vitest'
import { server } from '../../mocks/node'
import type { SchoolData } from '../../server/store/memory'
import { hold, problem } from './problems'
import { CLASS_2A, CLASS_4B, MY_CLASSES, pupilNamed, renderApp } from './render-app'
import { passTime, seconds, until } from './time'
import { announced, focus, heading, pageText, row, rowNames, status, textOf, ticked } from './verbs'
import { da, en, fill } from './words'

/** Gives pupils of 2.A other names. */
const renamed =
  (...names: string[]) =>
  (school: SchoolData): SchoolData => {
    const inClass = school.enrolments.filter(({ classId }) => classId === 'birkeskolen-2a')
    const ids = inClass.slice(5, 5 + names.length).map(({ pupilId }) => pupilId)
    return {
      ...school,
      pupils: school.pupils.map((pupil) => {
        const name = names[ids.indexOf(pupil.id)]
        return name === undefined ? pupil : { ...pupil, name }
      }),
    }
  }

const hitNames = (hits: readonly string[]) => hits.map((hit) => hit.replace(/ \d+\.\w$/, ''))

describe('the search field', () => {
  test.each([MY_CLASSES, CLASS_2A])(
    'is reached by "/" on %s, and the key itself is not typed',
    async (at) => {
      const app = await renderApp({ at, as: 'lone4821' })
      await app.user.keyboard('/')
      expect(focus()).toBe('Søg efter elev')
      expect(app.searchField()).toHaveProperty('value', '')
    },
  )

  test('takes a "/" as a letter once one is in it', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.user.keyboard('/a/b')
    expect(app.searchField()).toHaveProperty('value', 'a/b')
  })

  test('is left alone by "/" with Ctrl, and while a question is open', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.user.keyboard('{Control>}/{/Control}')
    expect(focus()).toBe('nothing')
    await app.press(screen.getByRole('main'), 'Vis alle brugernavne')
    await app.user.keyboard('/')
    expect(focus()).not.toBe('Søg efter elev')
  })

  test('is reached by "/" from a tick box as well', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.tick('Asta Holm')
    await app.user.keyboard('/')
    expect(focus()).toBe('Søg efter elev')
  })

  test('selects what was typed before, when one comes back to it', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.search('zzz')
    await app.tick('Asta Holm')
    await app.user.keyboard('/')
    await app.user.keyboard('ast')
    expect(app.searchField()).toHaveProperty('value', 'ast')
  })

  test('is not there before anybody is signed in', async () => {
    const app = await renderApp({ at: '/log-paa' })
    expect(screen.queryByRole('combobox')).toBeNull()
    await app.user.keyboard('/')
    expect(screen.getByLabelText('Brugernavn')).toHaveProperty('value', '/')
  })
})

describe('what is found', () => {
  test('pupils of all own classes, with the class, and nobody else', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.search('freja åkjær')
    expect(app.hits()).toEqual(['Freja Åkjær 4.B'])
    await app.user.clear(app.searchField())
    await app.search('hannah al-amin')
    expect(app.hits()).toEqual(['Hannah Al-Amin 8.A'])
    await app.user.clear(app.searchField())
    await app.search('jonna krogh')
    expect(app.hits()).toEqual([])
  })

  test.each([
    ['aak', 'Freja Åkjær'],
    ['åk', 'Freja Åkjær'],
    ['ak', 'Freja Åkjær'],
    ['ostergaard', 'Emil Østergaard'],
    ['oestergaard', 'Emil Østergaard'],
    ['østergård', 'Emil Østergaard'],
    ['ØSTERGAARD', 'Emil Østergaard'],
    ['emil o', 'Emil Østergaard'],
    ['holm asta', 'Asta Holm'],
    ['al amin', 'Hannah Al-Amin'],
    ['amin', 'Hannah Al-Amin'],
    ['elev 31', 'Elev 31'],
    ['  asta   holm ', 'Asta Holm'],
  ])('"%s" finds %s', async (letters, name) => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.search(letters)
    expect(hitNames(app.hits())).toContain(name)
  })

  test.each([
    ['andre', 'André Müller'],
    ['muller', 'André Müller'],
    ['zoe', 'Zoë Ærø'],
    ['aero', 'Zoë Ærø'],
    ['renée', 'Renee Sørensen'],
    ['sorensen', 'Renee Sørensen'],
    ['soerensen', 'Renee Sørensen'],
    ['lukasz', 'Łukasz Kowalski'],
    ["o'neill", "Liam O'Neill"],
  ])('accents do not matter: "%s" finds %s', async (letters, name) => {
    const app = await renderApp({
      at: MY_CLASSES,
      as: 'lone4821',
      school: renamed('André Müller', 'Zoë Ærø', 'Renee Sørensen', 'Łukasz Kowalski', "Liam O'Neill"),
    })
    await app.search(letters)
    expect(hitNames(app.hits())).toContain(name)
  })

  test('those whose first name begins so come first; equals in Danish order, å last', async () => {
    const app = await renderApp({
      at: MY_CLASSES,
      as: 'lone4821',
      school: renamed('Qvist Åby', 'Qvist Zar', 'Qvist Ærø', 'Anna Qvist', 'Qvist Østen'),
    })
    await app.search('qvist')
    expect(hitNames(app.hits()).filter((name) => name.startsWith('Qvist'))).toEqual([
      'Qvist Zar',
      'Qvist Ærø',
      'Qvist Østen',
      'Qvist Åby',
    ])
    expect(hitNames(app.hits()).indexOf('Anna Qvist')).toBeGreaterThan(3)
  })

  test('never the name of a protected pupil', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.search('beskyttelse')
    expect(app.hits()).toEqual([])
  })

  test('a username only while it is shown', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.search('asta2011')
    expect(app.hits()).toEqual([])
    await app.user.clear(app.searchField())
    await app.showUsername('Asta Holm')
    await app.search('asta2011')
    expect(app.hits()).toEqual(['Asta Holm 2.A'])
    await passTime(seconds(30))
    expect(app.hits()).toEqual([])
  })

  test('a pupil in two of the classes once', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821', scenario: 'sharedPupils' })
    await app.search('hannah al')
    expect(app.hits()).toEqual(['Hannah Al-Amin 8.A'])
  })

  test('nobody: said in words with what to do, on the page and aloud', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.search('xyzzy')
    const words = fill(da.pupils.searchNoHits, { query: 'xyzzy' })
    expect(pageText()).toContain(words)
    expect(pageText()).toContain(da.pupils.searchNoHitsWhat)
    expect(announced()).not.toContain(words)
    await passTime(seconds(0.7))
    expect(announced()).toContain(words)
  })

  test('many: how many, and the first of them', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.search('e')
    expect(app.hits()).toHaveLength(8)
    expect(pageText()).toMatch(/De første 8 af \d+ elever/)
  })

  test('in English', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821', language: 'en' })
    await app.search('asta')
    expect(app.hits()).toContain('Asta Holm 2.A')
    await app.user.clear(app.searchField())
    await app.search('xyzzy')
    expect(pageText()).toContain(fill(en.pupils.searchNoHits, { query: 'xyzzy' }))
  })
})

describe('going to a pupil', () => {
  test('Enter leads to the row, which has the focus', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.search('dicte')
    await app.user.keyboard('{Enter}')
    await until(() => heading('2.A'))
    await until(() => expect(focus()).toBe('Dicte Vestergaard'))
    expect(location.pathname).toBe(CLASS_2A)
    expect(location.href).not.toContain(app.pupil('Dicte Vestergaard').id)
    expect(app.searchField()).toHaveProperty('value', '')
  })

  test('in the class one is in already, the focus goes to the row; again, when searched again', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.goTo('dicte')
    expect(focus()).toBe('Dicte Vestergaard')
    await app.goTo('emil øst')
    expect(focus()).toBe('Emil Østergaard')
    await app.goTo('dicte')
    expect(focus()).toBe('Dicte Vestergaard')
  })

  test('from one class to another', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.goTo('freja åk')
    await until(() => heading('4.B'))
    await until(() => expect(focus()).toBe('Freja Åkjær'))
    expect(location.pathname).toBe(CLASS_4B)
  })

  test('by the mouse', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.search('dicte')
    await app.user.click(screen.getByRole('option', { name: 'Dicte Vestergaard 2.A' }))
    await until(() => expect(focus()).toBe('Dicte Vestergaard'))
  })

  test('the arrow keys choose another hit; round about at the ends', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    const chosen = () => textOf(screen.getByRole('option', { selected: true }).firstElementChild)
    await app.search('e')
    const all = hitNames(app.hits())
    expect(chosen()).toBe(all[0])
    await app.user.keyboard('{ArrowDown}{ArrowDown}')
    expect(chosen()).toBe(all[2])
    await app.user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}')
    expect(chosen()).toBe(all.at(-1))
    await app.user.keyboard('{Enter}')
    await until(() => expect(focus()).toBe(all.at(-1)))
  })

  test('the field names the hit that Enter will take', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    expect(app.searchField().getAttribute('aria-expanded')).toBe('false')
    await app.search('dicte')
    expect(app.searchField().getAttribute('aria-expanded')).toBe('true')
    const active = app.searchField().getAttribute('aria-activedescendant') ?? ''
    expect(textOf(document.getElementById(active))).toContain('Dicte Vestergaard')
  })

  test('Escape closes the hits, and then empties the field', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.search('dicte')
    await app.user.keyboard('{Escape}')
    expect(app.hits()).toEqual([])
    expect(app.searchField()).toHaveProperty('value', 'dicte')
    await app.user.keyboard('{Escape}')
    expect(app.searchField()).toHaveProperty('value', '')
  })

  test('typed faster than the pupils have arrived, Enter still leads to the pupil', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    const release = hold('*/api/pupils')
    await app.user.keyboard('/dicte')
    expect(textOf(screen.getByRole('banner'))).toContain(da.pupils.revealing)
    await release()
    expect(hitNames(app.hits())).toEqual(['Dicte Vestergaard'])
    await app.user.keyboard('{Enter}')
    await until(() => expect(focus()).toBe('Dicte Vestergaard'))
  })

  test('Enter pressed before the pupils have arrived leads to the pupil once they have', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    const release = hold('*/api/pupils')
    await app.user.keyboard('/dicte{Enter}')
    await release()
    await until(() => expect(focus()).toBe('Dicte Vestergaard'))
  })

  test('the pupils cannot be fetched: said, and Prøv igen recovers', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    server.use(http.get('*/api/pupils', () => problem('unexpected'), { once: true }))
    await app.search('dicte')
    expect(textOf(screen.getByRole('alert'))).toContain(da.problems.unexpected.title)
    await app.press(screen.getByRole('alert'), 'Prøv igen')
    expect(hitNames(app.hits())).toEqual(['Dicte Vestergaard'])
  })

  test('what was searched for is in no address, title or storage', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.goTo('dicte')
    await until(() => expect(focus()).toBe('Dicte Vestergaard'))
    const places = [location.href, document.title, JSON.stringify({ ...localStorage, ...sessionStorage })]
    expect(places.join(' ')).not.toMatch(/dicte/i)
  })
})

describe('the keyboard alone', () => {
  test('find a pupil and give a new password: at most 8 keys besides the letters', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    let keys = 0
    const press = async (...names: string[]) => {
      for (const name of names) {
        keys += 1
        await app.user.keyboard(name)
      }
    }
    await press('/')
    await app.user.keyboard('dicte')
    await press('{Enter}')
    await until(() => expect(focus()).toBe('Dicte Vestergaard'))
    while (focus() !== 'Giv ny adgangskode for Dicte Vestergaard' && keys < 20) await press('{Tab}')
    await press('{Enter}')
    expect(status('Dicte Vestergaard')).toContain('Tid tilbage 5:00')
    expect(keys).toBeLessThanOrEqual(8)
  })

  test('the arrow keys go from row to row, staying with the same control', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const names = rowNames()
    app.rowButton('Vis brugernavn', names[0] ?? '').focus()
    await app.user.keyboard('{ArrowDown}')
    expect(focus()).toBe(`Vis brugernavn for ${names[1]}`)
    await app.user.keyboard('{ArrowDown}{ArrowUp}{ArrowUp}')
    expect(focus()).toBe(`Vis brugernavn for ${names[0]}`)
    await app.user.keyboard('{ArrowUp}')
    expect(focus()).toBe(`Vis brugernavn for ${names[0]}`)
  })

  test('the arrow keys reach the row of a pupil who has no such control, and go on from there', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const names = rowNames()
    const blocked = names.indexOf('Bertram Lund')
    app.rowButton('Giv ny adgangskode', names[blocked - 1] ?? '').focus()
    await app.user.keyboard('{ArrowDown}')
    expect(row('Bertram Lund').contains(document.activeElement)).toBe(true)
    await app.user.keyboard('{ArrowDown}')
    expect(row(names[blocked + 1] ?? '').contains(document.activeElement)).toBe(true)
  })

  test('the arrow keys go through the tick boxes, which Space ticks', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const [first = '', second = ''] = rowNames()
    within(row(first)).getByRole('checkbox').focus()
    await app.user.keyboard(' {ArrowDown} ')
    expect(ticked()).toEqual([first, second])
  })

  test('after a search the arrow keys go on from the row that was found', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const names = rowNames()
    await app.goTo('dicte')
    await app.user.keyboard('{ArrowDown}')
    expect(focus()).toBe(names[names.indexOf('Dicte Vestergaard') + 1])
  })

  test('Tab reaches every row', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const reached = new Set<string>()
    for (let tabs = 0; tabs < 200; tabs++) {
      await app.user.tab()
      const header = document.activeElement?.closest('tr')?.querySelector('th[scope=row]')
      if (header) reached.add(header.firstChild?.textContent ?? '')
      if (document.activeElement === document.body) break
    }
    expect([...reached]).toEqual(rowNames())
  })
})

test('a pupil in a group only is led to in that group', async () => {
  const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
  expect(pupilNamed(app.school, 'Elev 31').name).not.toBe('Elev 31')
  await app.goTo('elev 31')
  await until(() => heading('Tysk 8'))
  await until(() => expect(focus()).toBe('Elev 31'))
})
