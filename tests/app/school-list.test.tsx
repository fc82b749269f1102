import { screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import block from '../../locales/da/block.json'
import missingPupil from '../../locales/da/missingPupil.json'
import policy from '../../locales/da/policy.json'
import t from '../../locales/da/wholeSchool.json'
import { server } from '../../mocks/node'
import type { SchoolData } from '../../server/store/memory'
import { BIRKESKOLEN, type RenderedApp, renderApp, withSecondFactor } from './render-app'
import { keepBack, minutes, passTime, seconds, settle, until } from './time'
import {
  announced,
  bar,
  cell,
  dialog,
  focus,
  noBar,
  pageText,
  queue,
  row,
  rowIsThere,
  rowNames,
  textOf,
} from './verbs'
import { da, fill } from './words'

type Situation = Parameters<typeof renderApp>[0]

/** Kent, user administrator of Birkeskolen, looks at the whole school. */
async function atBirkeskolen(situation: Situation = {}) {
  const app = await renderApp({ at: BIRKESKOLEN, as: 'kent1904', session: withSecondFactor, ...situation })
  await until(() => table())
  return app
}

const table = () => screen.getByRole('table', { name: 'Elever på Birkeskolen' })
const total = () => Number(table().getAttribute('aria-rowcount')) - 1
const searchField = () => screen.getByRole('searchbox', { name: t.search })
const filter = (name: string) => screen.getByRole('combobox', { name })
const chip = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name} \\d+$`) })
const pressed = (name: string) => chip(name).getAttribute('aria-pressed') === 'true'
const selectAll = () => screen.getByRole('checkbox', { name: /^Vælg alle/ })
const chosen = ({ school }: RenderedApp) => school.store.snapshot()
const statusOf = (name: string) => textOf(cell(name, 'Status'))
const addressIs = (address: string) =>
  until(() => expect(`${location.pathname}${location.search}${location.hash}`).toBe(address))

async function search({ user }: RenderedApp, text: string) {
  await user.clear(searchField())
  await user.type(searchField(), text)
}

describe('the list', () => {
  test('has only the rows in sight in the page, and tells the number of each and of all', async () => {
    const app = await atBirkeskolen()
    const all = chosen(app).pupils.filter(({ id }) =>
      chosen(app).enrolments.some(
        ({ pupilId, classId }) => pupilId === id && classId.startsWith('birkeskolen'),
      ),
    )
    expect(total()).toBe(all.length)
    expect(all.length).toBeGreaterThan(550)
    expect(rowNames().length).toBeGreaterThan(5)
    expect(rowNames().length).toBeLessThan(40)
    const [first = ''] = rowNames()
    expect(row(first).getAttribute('aria-rowindex')).toBe('2')
  })

  test('shows no username and asks for none', async () => {
    const app = await atBirkeskolen()
    await search(app, 'asta holm')
    expect(document.body.innerHTML).not.toContain('asta2011')
    expect(app.activity('revealUsername')).toEqual([])
  })

  test('goes by name, and by what is pressed', async () => {
    const app = await atBirkeskolen()
    const header = (name: string) => screen.getByRole('columnheader', { name })
    expect(header('Elev').getAttribute('aria-sort')).toBe('ascending')
    await app.press(header('Klasse'), 'Klasse')
    expect(header('Klasse').getAttribute('aria-sort')).toBe('ascending')
    expect(textOf(cell(rowNames()[0] ?? '', 'Klasse'))).toBe('0.A')
    await app.press(header('Klasse'), 'Klasse')
    expect(header('Klasse').getAttribute('aria-sort')).toBe('descending')
    expect(textOf(cell(rowNames()[0] ?? '', 'Klasse'))).toBe('10.Y')
    await passTime(seconds(1))
    await addressIs(`${BIRKESKOLEN}?sort=-klasse`)
  })

  test('is walked through with the arrow keys', async () => {
    const app = await atBirkeskolen()
    const [first = '', second = ''] = rowNames()
    within(row(first)).getByRole('checkbox').focus()
    await app.user.keyboard('{ArrowDown}')
    expect(focus()).toBe(`Vælg ${second}`)
    await app.user.keyboard('{ArrowUp}{ArrowUp}')
    expect(focus()).toBe(`Vælg ${first}`)
  })
})

describe('finding', () => {
  test('by name and class while typing, from anywhere by "/"', async () => {
    const app = await atBirkeskolen()
    await app.user.keyboard('/')
    expect(document.activeElement).toBe(searchField())
    await app.user.keyboard('2a em oestergaard')
    expect(rowNames()).toEqual(['Emil Østergaard'])
    expect(announced()).toContain('1 elev af')
    expect(searchField()).toHaveProperty('value', '2a em oestergaard')
  })

  test('by filters, each choice with its number; what was typed goes to no server', async () => {
    const app = await atBirkeskolen()
    await app.user.selectOptions(filter('Klasse'), '2.A (28)')
    await app.user.click(chip(t.statuses.blocked))
    expect(rowNames()).toEqual(['Bertram Lund'])
    expect(pressed(t.statuses.blocked)).toBe(true)
    await app.user.click(chip(t.statuses.localLogin))
    expect(rowNames()).toEqual(['Bertram Lund', 'Carla Nguyen'])
    await search(app, 'carla')
    expect(rowNames()).toEqual(['Carla Nguyen'])
    await passTime(seconds(1))
    await addressIs(`${BIRKESKOLEN}?klasse=birkeskolen-2a&status=spaerret&status=lokal-login#carla`)
    await app.user.click(screen.getByRole('button', { name: t.resetFilters }))
    expect(total()).toBeGreaterThan(550)
  })

  test('the three whose policy is overridden', async () => {
    const app = await atBirkeskolen()
    await app.user.selectOptions(filter('Adgangskodepolitik'), `${t.policyOverridden} (3)`)
    expect(rowNames()).toHaveLength(3)
    expect(rowNames()).toContain('Gustav Petersen')
    expect(textOf(cell('Gustav Petersen', 'Politik'))).toBe('indskoling ændret')
  })

  test('an address that was sent shows the same, and Back from another page too', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?status=spaerret#bertram` })
    expect(rowNames()).toEqual(['Bertram Lund'])
    expect(searchField()).toHaveProperty('value', 'bertram')
    await app.user.click(within(row('Bertram Lund')).getByRole('link', { name: 'Bertram Lund' }))
    await until(() => expect(location.pathname).toContain('/elever/'))
    history.back()
    await until(() => table())
    expect(rowNames()).toEqual(['Bertram Lund'])
  })

  test('whoever goes on in the middle of typing is not called back, and comes back to what was typed', async () => {
    const app = await atBirkeskolen()
    await search(app, 'bertram')
    await app.user.click(within(row('Bertram Lund')).getByRole('link', { name: 'Bertram Lund' }))
    await passTime(seconds(1))
    expect(location.pathname).toContain('/elever/')
    await until(() => screen.getByRole('heading', { level: 1, name: 'Bertram Lund' }))
    history.back()
    await until(() => table())
    expect(rowNames()).toEqual(['Bertram Lund'])
    expect(searchField()).toHaveProperty('value', 'bertram')
  })

  test('nobody: says so and leads back to all', async () => {
    const app = await atBirkeskolen()
    await search(app, 'qqqq')
    expect(pageText()).toContain(t.noHitsTitle)
    // A pupil who is missing altogether: why that may be, and what to check.
    screen.getByRole('heading', { name: missingPupil.title })
    expect(screen.getAllByRole('listitem').length).toBeGreaterThan(4)
    await app.user.click(screen.getAllByRole('button', { name: t.resetFilters })[0] ?? document.body)
    expect(total()).toBeGreaterThan(550)
  })
})

describe('choosing', () => {
  test('all who are shown, and it stays while searching on', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?klasse=birkeskolen-2a` })
    expect(textOf(selectAll().closest('div'))).toBe('Vælg alle 28')
    await app.user.click(selectAll())
    expect(textOf(bar())).toContain('28 elever valgt')
    await app.user.selectOptions(filter('Klasse'), '')
    await search(app, '4b freja')
    expect(textOf(bar())).toContain('28 elever valgt (28 er skjult af filtrene)')
    await app.tick('Freja Åkjær')
    expect(textOf(bar())).toContain('29 elever valgt (28 er skjult af filtrene)')
    await app.pressInBar(da.pupils.clearSelection)
    expect(noBar()).toBe(true)
  })

  test('a range with shift', async () => {
    const app = await atBirkeskolen()
    const names = rowNames()
    await app.tick(names[1] ?? '')
    await app.shiftTick(names[4] ?? '')
    expect(textOf(bar())).toContain('4 elever valgt')
  })
})

describe('acting', () => {
  test('for one in the row', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}#asta%20holm` })
    await app.giveNewPassword('Asta Holm')
    expect(statusOf('Asta Holm')).toBe('Tid tilbage 5:00')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toMatchObject([
      { actorId: 's-kent', institutionIds: ['birkeskolen'] },
    ])
    await app.undo('Asta Holm')
    expect(statusOf('Asta Holm')).toBe('')
  })

  test('for a filter: who is covered, who is not and why, then how it ended', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?aargang=2` })
    const count = total()
    await app.user.click(selectAll())
    await app.pressInBar(da.passwordReset.give)
    expect(textOf(dialog())).toContain(fill(da.passwordReset.confirmTitle_other, { count: count - 2 }))
    expect(textOf(dialog())).toContain('Bertram Lund (spærret)')
    expect(textOf(dialog())).toContain('Carla Nguyen (lokal loginløsning)')
    expect(app.activity('giveNewPassword')).toEqual([])
    await app.pressInDialog(da.passwordReset.give)
    await until(() =>
      expect(pageText()).toContain(fill(da.passwordReset.givenMany_other, { count: count - 2 })),
    )
    expect(app.activity('giveNewPassword')).toHaveLength(count - 2)
    // Those it was not done for are still chosen.
    expect(textOf(bar())).toContain('2 elever valgt')
    expect(focus()).toContain(fill(da.passwordReset.givenMany_other, { count: count - 2 }))
  })

  test('for many goes in pieces; where it breaks off, the rest can be tried again and nobody gets it twice', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?politik=udskoling` })
    const count = total()
    expect(count).toBeGreaterThan(100)
    let asked = 0
    server.use(
      http.post('*/api/pupils/step-ups', () => {
        asked += 1
        return asked === 2 ? HttpResponse.json({ type: 'unexpected' }, { status: 500 }) : undefined
      }),
    )
    await app.user.click(selectAll())
    await app.pressInBar(da.stepUp.give)
    await app.pressInDialog(da.stepUp.give)
    await until(() => expect(pageText()).toContain(fill(t.stoppedAt_other, { count: count - 50 })))
    expect(pageText()).toContain(fill(da.stepUp.givenMany_other, { count: 50 }))
    expect(app.activity('stepUp')).toHaveLength(50)

    await app.user.click(screen.getByRole('button', { name: 'Prøv igen' }))
    await until(() => expect(pageText()).toContain(fill(da.stepUp.givenMany_other, { count })))
    const covered = app.activity('stepUp').map(({ pupilId }) => pupilId)
    expect(covered).toHaveLength(count)
    expect(new Set(covered).size).toBe(count)
    expect(noBar()).toBe(true)
  })
})

describe('something for many, while the person goes elsewhere', () => {
  /** Kent gives everybody of udskoling two-factor access; the second piece waits until it is let go. */
  async function stepUpMany(situation: Situation = {}) {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?politik=udskoling`, ...situation })
    const count = total()
    let letGo = () => {}
    let asked = 0
    server.use(
      http.post('*/api/pupils/step-ups', async () => {
        asked += 1
        if (asked !== 2) return
        const answerAgain = keepBack()
        await new Promise<void>((resolve) => {
          letGo = resolve
        })
        answerAgain()
      }),
    )
    await app.user.click(selectAll())
    await app.pressInBar(da.stepUp.give)
    await app.pressInDialog(da.stepUp.give)
    await until(() => screen.getByRole('progressbar'))
    await until(() => expect(asked).toBe(2))
    return { app, count, letGo: () => letGo(), asked: () => asked }
  }

  test('it goes on at a pupil’s page, where its end is told, and is reported in the list', async () => {
    const { app, count, letGo } = await stepUpMany()
    const [name = ''] = rowNames()
    await app.user.click(screen.getByRole('link', { name }))
    await until(() => screen.getByRole('heading', { level: 1, name }))
    letGo()
    const ended = fill(da.stepUp.givenMany_other, { count })
    await until(() => expect(announced()).toContain(ended))
    expect(app.activity('stepUp')).toHaveLength(count)
    history.back()
    await until(() => table())
    expect(document.querySelector('.action-report')?.textContent).toContain(ended)
    expect(noBar()).toBe(true)
  })

  test('whoever searches on meanwhile is not called away', async () => {
    const { app, count, letGo } = await stepUpMany()
    await app.user.click(searchField())
    await app.user.keyboard('em')
    letGo()
    await until(() => expect(pageText()).toContain(fill(da.stepUp.givenMany_other, { count })))
    await app.user.keyboard('il')
    expect(searchField()).toHaveProperty('value', 'emil')
  })

  test('in the view of another school nothing more is sent, and nothing is told of it', async () => {
    const { app, letGo, asked } = await stepUpMany({ as: 'bodi2259' })
    await app.user.click(screen.getByRole('link', { name: t.otherSchool }))
    await app.user.click(screen.getByRole('link', { name: 'Søndervang Skole' }))
    letGo()
    await until(() => screen.getByRole('table', { name: 'Elever på Søndervang Skole' }))
    await passTime(seconds(5))
    expect(asked()).toBe(2)
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(document.querySelector('.action-report')).toBeNull()
  })
})

describe('as it happens', () => {
  test('a colleague steps a pupil up: the row shows it', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}#holm` })
    await (await app.colleague('lone4821')).stepsUp('Asta Holm')
    await passTime(seconds(1))
    await until(() => expect(statusOf('Asta Holm')).toContain('To-faktor-adgang til kl. 11.00'))
    expect(textOf(chip(t.statuses.steppedUp))).toBe('To-faktor-adgang 1')
  })

  test('a window that runs out, of which no event tells, does so at 5:00 and not before', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?klasse=birkeskolen-2a#asta` })
    await app.giveNewPassword('Asta Holm')
    await passTime(minutes(5) - seconds(1))
    expect(statusOf('Asta Holm')).toBe('Tid tilbage 0:01')
    await passTime(seconds(1))
    await until(() => expect(statusOf('Asta Holm')).toBe('Tiden løb ud kl. 09.05'))
  })

  test('whoever no longer passes the filter leaves the list', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?status=to-faktor&status=venter` })
    expect(rowNames()).toEqual(['Emil Østergaard'])
    const lone = await app.colleague('lone4821')
    await lone.stepsUp('Asta Holm')
    await passTime(seconds(1))
    await until(() => expect(rowIsThere('Asta Holm')).toBe(true))
    await lone.endsStepUp('Asta Holm')
    await passTime(seconds(1))
    await until(() => expect(rowIsThere('Asta Holm')).toBe(false))
  })
})

describe('when there is nothing to show', () => {
  test('a school without pupils says why and whom to ask', async () => {
    const empty = (school: SchoolData) => ({ ...school, pupils: [], enrolments: [] })
    await renderApp({ at: BIRKESKOLEN, as: 'kent1904', session: withSecondFactor, school: empty })
    await until(() => expect(pageText()).toContain(t.emptySchoolTitle))
    expect(pageText()).toContain(t.emptySchoolText)
  })

  test('a list that could not be loaded says so, and comes when tried again', async () => {
    const app = await renderApp({
      at: BIRKESKOLEN,
      as: 'kent1904',
      session: withSecondFactor,
      before: () =>
        server.use(
          http.get('*/api/schools/birkeskolen/pupils', () =>
            HttpResponse.json({ type: 'unexpected', requestId: 'r-1234' }, { status: 500 }),
          ),
        ),
    })
    await until(() => expect(pageText()).toContain('r-1234'))
    expect(pageText()).not.toContain(t.emptySchoolTitle)
    server.resetHandlers()
    app.answerAgain()
    await app.user.click(screen.getByRole('button', { name: 'Prøv igen' }))
    await settle()
    await until(() => table())
  })
})

describe('changes, which ask for a second factor given lately', () => {
  test('blocks those who are ticked, with a new code in the dialog where the first is too old', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?klasse=birkeskolen-4b#freja` })
    await app.tick('Freja Åkjær')
    await passTime(minutes(19))
    await app.user.keyboard(' ')
    await passTime(minutes(11))
    await app.pressInBar(block.block)
    await app.user.click(within(dialog()).getByRole('radio', { name: da.pupils.blockReason.leave }))
    await app.pressInDialog(block.block)
    const code = await until(() => within(dialog()).getByLabelText(t.code))
    await until(async () => expect(await app.codeOnPhone()).toMatch(/^\d{6}$/))
    await app.user.type(code, await app.codeOnPhone())
    await app.pressInDialog(t.giveCode)
    await until(() => expect(pageText()).toContain(fill(block.blocked, { name: 'Freja Åkjær' })))
    expect(statusOf('Freja Åkjær')).toContain(da.pupils.blocked)
    expect(app.pupil('Freja Åkjær').block).toMatchObject({ reason: { code: 'leave' }, by: 's-kent' })
    expect(noBar()).toBe(true)

    await app.tick('Freja Åkjær')
    await app.pressInBar(block.unblock)
    await app.pressInDialog(block.unblock)
    await until(() => expect(statusOf('Freja Åkjær')).not.toContain(da.pupils.blocked))
    expect(app.pupil('Freja Åkjær').block).toBeNull()
  })

  test('sets the policy of several, and offers the new password at once', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?klasse=birkeskolen-8b` })
    const [first = '', second = ''] = rowNames().filter((name) => statusOf(name) === '')
    await app.tick(first)
    await app.tick(second)
    await app.pressInBar(policy.policy)
    await app.user.click(within(dialog()).getByRole('radio', { name: policy.indskoling }))
    await app.user.type(within(dialog()).getByRole('textbox'), 'Aftalt med hjemmet')
    await app.pressInDialog(policy.save)
    await until(() => expect(app.pupil(first).policyOverride).toBe('indskoling'))
    expect(app.pupil(second).policyNote).toBe('Aftalt med hjemmet')
    await until(() => within(dialog()).getByRole('button', { name: policy.giveNow }))
    await app.pressInDialog(policy.giveNow)
    await until(() => expect(statusOf(first)).toContain('Tid tilbage'))
    expect(app.activity('giveNewPassword')).toHaveLength(2)
  })
})

test('a block for many that breaks off: what was done stays told, and the rest is still chosen', async () => {
  const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?politik=udskoling` })
  const count = total()
  let asked = 0
  server.use(
    http.post('*/api/pupils/blocks', () => {
      asked += 1
      return asked === 2 ? HttpResponse.json({ type: 'unexpected' }, { status: 500 }) : undefined
    }),
  )
  await app.user.click(selectAll())
  await app.pressInBar(block.block)
  await app.user.click(within(dialog()).getByRole('radio', { name: da.pupils.blockReason.misuse }))
  await app.pressInDialog(block.block)
  await until(() => expect(textOf(dialog())).toContain(da.problems.unexpected.title))
  await app.pressInDialog(da.common.cancel)
  expect(pageText()).toContain(fill(block.blockedMany_other, { count: 50 }))
  expect(pageText()).toContain(fill(t.stoppedAt_other, { count: count - 50 }))
  expect(textOf(bar())).toContain(`${count - 50} elever valgt`)
  await app.user.click(screen.getByRole('button', { name: 'Prøv igen' }))
  await until(() => expect(pageText()).toContain(fill(block.blockedMany_other, { count })))
  expect(app.activity('blockPupil')).toHaveLength(count)
})

describe('who waits', () => {
  test('stands above the list with the two answers, and in the header', async () => {
    const app = await atBirkeskolen({ scenario: 'queueWaiting' })
    const waiting = app.school.store.snapshot().stepUpRequests.length
    expect(textOf(queue())).toContain(fill(da.stepUp.waitingTitle_other, { count: waiting }))
    within(screen.getByRole('banner')).getByRole('link', {
      name: fill(da.stepUp.waitingLink_other, { count: waiting }),
    })
    await app.approveAll()
    await until(() => expect(textOf(chip(t.statuses.steppedUp))).toBe(`To-faktor-adgang ${waiting}`))
    expect(app.activity('approveStepUpRequest')).toHaveLength(waiting)
  })

  test('an event about one pupil touches that pupil’s row and no other', async () => {
    const app = await atBirkeskolen({ at: `${BIRKESKOLEN}?klasse=birkeskolen-2a` })
    const touched = new Set<string>()
    const note = (records: MutationRecord[]) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        const pupil = element?.closest('tr[data-pupil]')?.getAttribute('data-pupil')
        if (pupil) touched.add(pupil)
      }
    }
    const observer = new MutationObserver(note)
    observer.observe(table(), { subtree: true, childList: true, attributes: true, characterData: true })
    await (await app.colleague('lone4821')).stepsUp('Asta Holm')
    await passTime(seconds(1))
    await until(() => expect(statusOf('Asta Holm')).toContain('To-faktor-adgang'))
    note(observer.takeRecords())
    observer.disconnect()
    expect([...touched]).toEqual([app.pupil('Asta Holm').id])
  })
})
