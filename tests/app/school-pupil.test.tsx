import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import daBlock from '../../locales/da/block.json'
import help from '../../locales/da/help.json'
import daPolicy from '../../locales/da/policy.json'
import daPupil from '../../locales/da/schoolPupil.json'
import daSchool from '../../locales/da/wholeSchool.json'
import enPolicy from '../../locales/en/policy.json'
import { demoSchools } from '../../mocks/people'
import type { Block } from '../../server/people'
import { minutes, seconds } from '../../server/time'
import { kentAsks } from './kent'
import { failCalls, hold, problem, REQUEST_ID } from './problems'
import { CLASS_2A, type RenderedApp, renderApp, withSecondFactor } from './render-app'
import { MORNING, passTime, settle, until } from './time'
import { announced, dialog, focus, heading, noDialog, pageText, status, textOf } from './verbs'
import { da, fill } from './words'

const policy = daPolicy
const block = daBlock
const words = daPupil

const demo = demoSchools(MORNING)
const idOf = (name: string) => {
  const found = demo.pupils.find((pupil) => (pupil.alias ?? pupil.name) === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found.id
}
const pageOf = (name: string, school = 'birkeskolen') => `/skoler/${school}/elever/${idOf(name)}`

const ONE_PUPIL = '*/api/schools/birkeskolen/pupils/:pupilId'

type Situation = Parameters<typeof renderApp>[0]

/** Kent, with his second factor, on the page of one pupil. */
async function onPageOf(name: string, situation: Situation = {}) {
  const app = await renderApp({ at: pageOf(name), as: 'kent1904', session: withSecondFactor, ...situation })
  await until(() => heading(name))
  return app
}

const button = (name: string, place: HTMLElement = document.body) =>
  within(place).getByRole('button', { name })
const section = (name: string) => {
  const found = screen.getByRole('heading', { level: 2, name }).closest('section')
  if (!found) throw new Error(`${name} is no section`)
  return textOf(found)
}
const inDialog = (name: string) => button(name, dialog())
const field = (label: string) => within(dialog()).getByLabelText<HTMLInputElement>(label)
const isDescribed = (element: HTMLElement) =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => textOf(document.getElementById(id)))
    .join(' ')

async function openPolicy({ user }: RenderedApp, name: string) {
  await user.click(button(`${policy.policy} for ${name}`))
}
async function openBlock({ user }: RenderedApp, name: string) {
  await user.click(button(`${block.block} for ${name}`))
}

async function choosePolicy({ user }: RenderedApp, label: string, note?: string) {
  await user.click(field(label))
  if (note !== undefined) {
    await user.clear(field(policy.note))
    await user.type(field(policy.note), note)
  }
}

/** Kent's second factor is half an hour old while everything else is as before. */
async function staleSecondFactor(app: RenderedApp) {
  const { sessions } = app.school.store.snapshot()
  await app.school.store.transaction(async (unit) => {
    for (const session of sessions) {
      await unit.saveSession({ ...session, secondFactorAt: Date.now() - minutes(30) })
    }
  })
}

describe('the page of one pupil', () => {
  test('tells all that is known, and no username in title or address', async () => {
    const app = await onPageOf('Gustav Petersen')
    expect(section(words.password)).toContain(policy.indskoling)
    expect(section(words.password)).toContain(fill(words.overridden, { policy: 'mellemtrin' }))
    expect(section(words.password)).toContain(app.pupil('Gustav Petersen').policyNote)
    expect(section(words.classes)).toContain('4.B')
    expect(section(words.classes)).toContain('Lone Kjær')
    expect(section(words.signIn)).toContain(words.unilogin)
    expect(section(words.now)).toContain(words.nothing)
    expect(document.title).toMatch(/^(\(1\) )?Elev – Elevadgang$/)
    expect(pageText()).not.toContain('gust4012')
  })

  test('tells of a block since when, why and by whom, and of a local login', async () => {
    await onPageOf('Bertram Lund')
    expect(section(words.now)).toContain(da.pupils.blocked)
    expect(section(words.now)).toContain(fill(words.by, { name: 'Kent Dahl' }))
    expect(section(words.now)).toContain('17. november')
  })

  test('of a local login: no password here', async () => {
    await onPageOf('Carla Nguyen')
    expect(section(words.signIn)).toContain(da.pupils.localLogin)
    expect(section(words.password)).toContain(words.noPasswordHere)
  })

  test('shows the username when it is asked for, and logs it', async () => {
    const app = await onPageOf('Asta Holm')
    await app.user.click(button('Vis brugernavn for Asta Holm'))
    expect(section(words.signIn)).toContain('asta2011')
    expect(app.activity('revealUsername', 'Asta Holm')).toMatchObject([
      { actorId: 's-kent', institutionIds: ['birkeskolen'] },
    ])
  })

  test('gives a new password and takes it back, and steps up and ends it; each shows at once', async () => {
    const app = await onPageOf('Asta Holm')
    await app.user.click(button('Giv ny adgangskode for Asta Holm'))
    expect(section(words.now)).toContain('Tid tilbage')
    expect(section(words.now)).toContain(fill(words.by, { name: 'Kent Dahl' }))
    expect(announced()).toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
    await app.user.click(button('Fortryd for Asta Holm'))
    expect(section(words.now)).toContain(words.nothing)
    await app.user.click(button('Giv to-faktor-adgang for Asta Holm'))
    expect(section(words.now)).toContain(fill(da.stepUp.until, { time: '11.00' }))
    await app.user.click(button('Afslut to-faktor-adgang for Asta Holm'))
    expect(section(words.now)).toContain(words.nothing)
  })

  test('a window that runs out is told as run out, without an event', async () => {
    const app = await onPageOf('Asta Holm')
    await app.user.click(button('Giv ny adgangskode for Asta Holm'))
    await passTime(minutes(5))
    expect(section(words.now)).toContain(fill(da.passwordReset.expired, { time: '09.05' }))
  })

  test('shows what a teacher does to the pupil', async () => {
    const app = await onPageOf('Asta Holm')
    const lone = await app.colleague('lone4821')
    await lone.stepsUp('Asta Holm')
    await until(() => expect(section(words.now)).toContain(fill(words.by, { name: 'Lone Kjær' })))
  })

  const foreign = demo.pupils.find(({ id }) =>
    demo.enrolments.some(({ pupilId, classId }) => pupilId === id && classId === 'soendervang-2a'),
  )

  test.each([
    ['an id that nobody has', 'p-nobody'],
    ['a pupil of another school', foreign?.id],
  ])('%s: not found, by no name', async (_, id) => {
    await renderApp({ at: `/skoler/birkeskolen/elever/${id}`, as: 'kent1904', session: withSecondFactor })
    await until(() => heading(words.notFoundTitle))
    expect(pageText()).toContain(words.notFoundText)
    expect(foreign).toBeDefined()
    expect(pageText()).not.toContain(foreign?.name)
  })

  test('leads to “Hjælp en elev”, with the pupil chosen', async () => {
    const { user } = await onPageOf('Asta Holm')
    await user.click(screen.getByRole('link', { name: fill(words.helpPupil, { name: 'Asta Holm' }) }))
    await until(() => heading(fill(help.guide.sightTitleFor, { name: 'Asta Holm' })))
    expect(location.pathname).toBe('/skoler/birkeskolen/hjaelp')
  })

  test('a dialog leads to its answer beside it, so that nothing in it is lost', async () => {
    const app = await onPageOf('Asta Holm')
    const answerIn = () => {
      const { target, pathname } = within(dialog()).getByRole<HTMLAnchorElement>('link', {
        name: da.common.helpBeside,
      })
      return [target, pathname]
    }
    await openPolicy(app, 'Asta Holm')
    expect(answerIn()).toEqual(['_blank', '/hjaelp/adgangskodepolitik'])
    await app.user.keyboard('{Escape}')
    await openBlock(app, 'Asta Holm')
    expect(answerIn()).toEqual(['_blank', '/hjaelp/spaer-adgang'])
  })

  test('loads without jumps, tells a failure with its number, and tries again', async () => {
    const app = await renderApp({
      at: pageOf('Asta Holm'),
      as: 'kent1904',
      session: withSecondFactor,
      before: () => failCalls(ONE_PUPIL, 1, () => problem('unexpected')),
    })
    await until(() => heading(words.failedTitle))
    expect(pageText()).toContain(REQUEST_ID)
    await app.user.click(button(da.common.tryAgain))
    await until(() => heading('Asta Holm'))
  })

  test('has a skeleton until it is here', async () => {
    let letGo = async () => {}
    await renderApp({
      at: pageOf('Asta Holm'),
      as: 'kent1904',
      session: withSecondFactor,
      before: () => {
        letGo = hold(ONE_PUPIL)
      },
    })
    await until(() => heading(words.loading))
    await letGo()
    await until(() => heading('Asta Holm'))
  })
})

describe('a password policy', () => {
  test('is set with a note, from the next new password; "giv ny adgangskode nu" is offered', async () => {
    const app = await onPageOf('Asta Holm')
    const before = app.pupil('Asta Holm').passwordSetAt
    await openPolicy(app, 'Asta Holm')
    expect(textOf(dialog())).toContain(policy.fromWhen)
    expect(field(policy.standard).checked).toBe(true)
    expect(isDescribed(field(policy.standard))).toBe(fill(policy.standardWhatNow, { policy: 'indskoling' }))
    expect(isDescribed(field(policy.mellemtrin))).toBe(policy.mellemtrinWhat)

    await choosePolicy(app, policy.mellemtrin, '  Aftalt med forældrene ')
    await app.user.click(inDialog(policy.save))
    expect(textOf(dialog())).toContain(fill(policy.set, { name: 'Asta Holm' }))
    expect(focus()).toContain(fill(policy.set, { name: 'Asta Holm' }))
    expect(app.pupil('Asta Holm')).toMatchObject({
      policyOverride: 'mellemtrin',
      policyNote: 'Aftalt med forældrene',
      passwordSetAt: before,
    })
    expect(section(words.password)).toContain('Aftalt med forældrene')

    await app.user.click(inDialog(policy.giveNow))
    noDialog()
    expect(section(words.now)).toContain('Tid tilbage')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(focus()).toBe(`${policy.policy} for Asta Holm`)
  })

  test('is the standard again, without a note', async () => {
    const app = await onPageOf('Gustav Petersen')
    await openPolicy(app, 'Gustav Petersen')
    expect(field(policy.indskoling).checked).toBe(true)
    expect(focus()).toBe(policy.indskoling)
    expect(field(policy.note).value).toBe(app.pupil('Gustav Petersen').policyNote)
    await choosePolicy(app, policy.standard)
    expect(within(dialog()).queryByLabelText(policy.note)).toBeNull()
    await app.user.click(inDialog(policy.save))
    await app.user.click(inDialog(da.common.close))
    noDialog()
    expect(app.pupil('Gustav Petersen')).toMatchObject({ policyOverride: null, policyNote: null })
    expect(section(words.password)).toContain(words.followsYear)
  })

  test('without a note is not sent; a secret in it is told by the API, and nothing typed is lost', async () => {
    const app = await onPageOf('Asta Holm')
    await openPolicy(app, 'Asta Holm')
    await choosePolicy(app, policy.udskoling)
    await app.user.click(inDialog(policy.save))
    expect(isDescribed(field(policy.note))).toContain(policy.noteMissing)
    expect(focus()).toContain(policy.note)
    await app.user.type(field(policy.note), 'Spørg asta2011')
    await app.user.click(inDialog(policy.save))
    expect(isDescribed(field(policy.note))).toContain(policy.noteHoldsSecret)
    expect(field(policy.note).value).toBe('Spørg asta2011')
    expect(app.pupil('Asta Holm').policyOverride).toBeNull()
  })

  test('does nothing for a local login, and says so before and after', async () => {
    const app = await onPageOf('Carla Nguyen')
    await openPolicy(app, 'Carla Nguyen')
    await choosePolicy(app, policy.mellemtrin, 'Aftalt')
    expect(textOf(dialog())).toContain(policy.nobody)
    await app.user.click(inDialog(policy.save))
    expect(textOf(dialog())).toContain(policy.nobodyDoneTitle)
    expect(textOf(dialog())).toContain(da.pupils.refusal.localLogin)
    expect(within(dialog()).queryByRole('button', { name: policy.giveNow })).toBeNull()
  })

  test('in English', async () => {
    const app = await onPageOf('Asta Holm', { language: 'en' })
    await app.user.click(button(`${enPolicy.policy} for Asta Holm`))
    expect(textOf(dialog())).toContain(enPolicy.fromWhen)
  })
})

const untilFriday: Block = {
  since: MORNING,
  until: Date.parse('2026-11-27T22:59:59.999Z'),
  reason: { code: 'own', words: 'Har delt sin kode' },
  by: 's-kent',
}

describe('a block', () => {
  test('is given with a reason and an end, ends what was open, and can be ended', async () => {
    const app = await onPageOf('Asta Holm')
    await app.user.click(button('Giv to-faktor-adgang for Asta Holm'))
    await openBlock(app, 'Asta Holm')
    expect(textOf(dialog())).toContain(block.onlyUnilogin)
    await app.user.click(field(da.pupils.blockReason.misuse))
    await app.user.type(field(block.until), '2026-11-27')
    await app.user.click(inDialog(block.block))
    noDialog()
    expect(app.pupil('Asta Holm').block).toEqual({
      since: MORNING,
      until: Date.parse('2026-11-27T22:59:59.999Z'),
      reason: { code: 'misuse' },
      by: 's-kent',
    })
    expect(section(words.now)).toContain(da.pupils.blockReason.misuse)
    expect(section(words.now)).toContain('til og med 27. november')
    expect(section(words.now)).not.toContain('To-faktor-adgang')
    expect(pageText()).toContain(fill(block.blocked, { name: 'Asta Holm' }))
    expect(announced()).toContain(fill(block.blocked, { name: 'Asta Holm' }))
    expect(focus()).toBe(`${block.unblock} for Asta Holm`)

    await app.user.click(button(`${block.unblock} for Asta Holm`))
    expect(textOf(dialog())).toContain(block.unblockWhat)
    await app.user.click(inDialog(block.unblock))
    noDialog()
    expect(app.pupil('Asta Holm').block).toBeNull()
    expect(section(words.now)).toContain(words.nothing)
    expect(focus()).toBe(`${block.block} for Asta Holm`)
  })

  test('with own words and without an end', async () => {
    const app = await onPageOf('Asta Holm')
    await openBlock(app, 'Asta Holm')
    await app.user.click(inDialog(block.block))
    expect(textOf(dialog())).toContain(block.reasonMissing)
    await app.user.click(field(block.own))
    await app.user.click(inDialog(block.block))
    expect(isDescribed(field(block.ownWords))).toContain(block.ownWordsMissing)
    await app.user.type(field(block.ownWords), 'Har delt sin kode')
    await app.user.click(inDialog(block.block))
    noDialog()
    expect(app.pupil('Asta Holm').block).toMatchObject({
      until: null,
      reason: { code: 'own', words: 'Har delt sin kode' },
    })
    expect(section(words.now)).toContain('Har delt sin kode')
  })

  test.each([
    ['2026-11-19', block.untilNotInFuture],
    ['2028-11-19', block.untilTooFar],
  ])('that would end on %s is told at the date', async (day, told) => {
    const app = await onPageOf('Asta Holm')
    await openBlock(app, 'Asta Holm')
    await app.user.click(field(da.pupils.blockReason.leave))
    await app.user.type(field(block.until), day)
    await app.user.click(inDialog(block.block))
    expect(isDescribed(field(block.until))).toContain(told)
    expect(focus()).toContain(block.until)
    expect(app.pupil('Asta Holm').block).toBeNull()
  })

  test('may end with today', async () => {
    const app = await onPageOf('Asta Holm')
    await openBlock(app, 'Asta Holm')
    await app.user.click(field(da.pupils.blockReason.leave))
    await app.user.type(field(block.until), '2026-11-20')
    await app.user.click(inDialog(block.block))
    expect(app.pupil('Asta Holm').block?.until).toBe(Date.parse('2026-11-20T22:59:59.999Z'))
  })

  test('of a local login says that it keeps nobody out there', async () => {
    const app = await onPageOf('Carla Nguyen')
    await openBlock(app, 'Carla Nguyen')
    expect(textOf(dialog())).toContain(fill(block.localLogin, { names: 'Carla Nguyen' }))
  })

  test('that somebody else has given meanwhile is left as it is, and told', async () => {
    const app = await onPageOf('Asta Holm')
    await openBlock(app, 'Asta Holm')
    await app.user.click(field(da.pupils.blockReason.leave))
    const asta = app.pupil('Asta Holm')
    const theirs = { since: MORNING, until: null, reason: { code: 'misuse' as const }, by: 's-bodil' }
    await app.school.store.transaction((unit) => unit.savePupil({ ...asta, block: theirs }))
    await app.user.click(inDialog(block.block))
    noDialog()
    expect(pageText()).toContain(da.pupils.refusal.alreadyBlocked)
    expect(announced()).toContain(da.pupils.refusal.alreadyBlocked)
    expect(focus()).toBe(`${block.unblock} for Asta Holm`)
    expect(app.pupil('Asta Holm').block).toEqual(theirs)
  })

  test('that failed stays in its dialog with all that was typed, and can be tried again', async () => {
    const app = await onPageOf('Asta Holm')
    failCalls('*/api/pupils/blocks', 1, () => problem('unexpected'))
    await openBlock(app, 'Asta Holm')
    await app.user.click(field(block.own))
    await app.user.type(field(block.ownWords), 'Har delt sin kode')
    await app.user.click(inDialog(block.block))
    expect(textOf(dialog())).toContain(REQUEST_ID)
    expect(field(block.ownWords).value).toBe('Har delt sin kode')
    await app.user.click(inDialog(block.block))
    noDialog()
    expect(app.pupil('Asta Holm').block).not.toBeNull()
  })

  test('is explained in the row of the teacher: why, since when, until when, and what to do', async () => {
    await renderApp({
      at: CLASS_2A,
      as: 'lone4821',
      school: (school) => ({
        ...school,
        pupils: school.pupils.map((pupil) =>
          pupil.name === 'Asta Holm' ? { ...pupil, block: untilFriday } : pupil,
        ),
      }),
    })
    const row = status('Asta Holm')
    expect(row).toContain('Har delt sin kode')
    expect(row).toContain(fill(da.pupils.blockedUntil, { since: '20. november', until: '27. november' }))
    expect(row).toContain(da.pupils.blockedWhat)
    expect(status('Bertram Lund')).toContain(fill(da.pupils.blockedSince, { since: '17. november' }))
    expect(pageText()).not.toContain('Kent Dahl')
  })
})

describe('what an administrator does, as others see it at once', () => {
  test('the row of a teacher says that a pupil is blocked, and that she no longer is', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage')
    await kentAsks(app, 'blocks', 'Asta Holm', { reason: { code: 'leave' }, until: null })
    await passTime(seconds(1))
    expect(status('Asta Holm')).toContain(da.pupils.blockReason.leave)
    expect(status('Asta Holm')).not.toContain('Tid tilbage')
    expect(app.hasRowButton('Giv ny adgangskode', 'Asta Holm')).toBe(false)
    await kentAsks(app, 'unblocks', 'Asta Holm', {})
    await passTime(seconds(1))
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
    expect(app.hasRowButton('Giv ny adgangskode', 'Asta Holm')).toBe(true)
  })

  test('the row of a teacher tells the policy, and never why', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await kentAsks(app, 'policies', 'Asta Holm', { policy: 'udskoling', note: 'Aftalt med PPR' })
    await passTime(seconds(1))
    expect(status('Asta Holm')).toBe(fill(da.pupils.policyOverridden, { policy: 'udskoling' }))
    expect(pageText()).not.toContain('PPR')
  })
})

describe('a second factor that is too old', () => {
  const giveCode = async (app: RenderedApp, code: string) => {
    await app.user.clear(field(daSchool.code))
    await app.user.type(field(daSchool.code), code)
    await app.user.click(inDialog(daSchool.giveCode))
    await settle()
  }

  test('is asked for in the dialog, which then goes on with what was typed', async () => {
    const app = await onPageOf('Asta Holm')
    await openBlock(app, 'Asta Holm')
    await app.user.click(field(block.own))
    await app.user.type(field(block.ownWords), 'Har delt sin kode')
    await staleSecondFactor(app)
    await app.user.click(inDialog(block.block))
    expect(textOf(dialog())).toContain(words.codeAgain)
    expect(focus()).toContain(daSchool.code)
    expect(app.pupil('Asta Holm').block).toBeNull()

    const code = await app.codeOnPhone()
    await giveCode(app, code === '111111' ? '222222' : '111111')
    expect(textOf(dialog())).toContain(daSchool.wrongCode)
    expect(app.pupil('Asta Holm').block).toBeNull()
    await giveCode(app, code)
    noDialog()
    expect(app.pupil('Asta Holm').block?.reason).toEqual({ code: 'own', words: 'Har delt sin kode' })
    expect(app.activity('blockPupil').map(({ reason }) => reason)).toEqual(['second-factor-stale', null])
  })

  test('for a policy, which then offers the new password as ever', async () => {
    const app = await onPageOf('Asta Holm')
    await openPolicy(app, 'Asta Holm')
    await choosePolicy(app, policy.udskoling, 'Aftalt')
    await staleSecondFactor(app)
    await app.user.click(inDialog(policy.save))
    await giveCode(app, await app.codeOnPhone())
    expect(textOf(dialog())).toContain(fill(policy.set, { name: 'Asta Holm' }))
    expect(app.pupil('Asta Holm').policyNote).toBe('Aftalt')
  })

  test('for an unblock; closing it leaves all as it was', async () => {
    const app = await onPageOf('Bertram Lund')
    await staleSecondFactor(app)
    await app.user.click(button(`${block.unblock} for Bertram Lund`))
    await app.user.click(inDialog(block.unblock))
    expect(textOf(dialog())).toContain(words.codeAgain)
    await app.user.click(inDialog(da.common.close))
    noDialog()
    expect(app.pupil('Bertram Lund').block).not.toBeNull()
    expect(focus()).toBe(`${block.unblock} for Bertram Lund`)
  })
})
