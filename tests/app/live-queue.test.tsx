import { screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import { server } from '../../mocks/node'
import type { StepUpService } from '../../server/step-up/rules'
import { waitBeforeTry } from '../../src/api/live'
import { pupilElsewhere } from './pupil-elsewhere'
import { CLASS_2A, CLASS_4B, MY_CLASSES, type RenderedApp, renderApp } from './render-app'
import { minutes, passTime, seconds, settle, sleepComputer, until } from './time'
import { announced, focus, heading, noQueue, pageText, queue, status, textOf } from './verbs'
import { da, en, fill } from './words'

const noEmil = {
  school: (data: Parameters<NonNullable<Situation['school']>>[0]) => ({ ...data, stepUpRequests: [] }),
}
type Situation = NonNullable<Parameters<typeof renderApp>[0]>

const open = (situation: Situation = {}) =>
  renderApp({ at: MY_CLASSES, as: 'lone4821', ...noEmil, ...situation })

const asks = async ({ school }: RenderedApp, name: string, service: StepUpService = 'aula') =>
  (await pupilElsewhere(school, name)).asksFor(service)

/** The count in the header, as it is read aloud; null where there is none. */
const count = () =>
  within(screen.getByRole('banner'))
    .queryByRole('link', { name: /venter på godkendelse|waiting for approval/ })
    ?.getAttribute('aria-label') ?? null

const inQueue = () =>
  noQueue()
    ? []
    : within(queue())
        .getAllByRole('listitem')
        .map((item) => textOf(item))

/** Longer than the page waits before it looks again, where it has just looked. */
const A_MOMENT = seconds(0.3)

describe('a pupil asks', () => {
  test.each([MY_CLASSES, CLASS_2A, CLASS_4B, '/klasser/findes-ikke'])(
    'seen on %s without any time passing: counted in the header and in the title',
    async (at) => {
      const app = await open({ at })
      expect([count(), document.title.startsWith('(')]).toEqual([null, false])
      await asks(app, 'Asta Holm')
      await until(() => expect(count()).toBe(fill(da.stepUp.waitingLink_one, { count: 1 })))
      expect(document.title).toMatch(/^\(1\) /)
      expect(document.title).not.toContain('Asta')
    },
  )

  test('on my classes: who, of which class, what for, the code to compare, and since when', async () => {
    const app = await open()
    const { checkCode } = await asks(app, 'Asta Holm', 'wellbeingSurvey')
    await until(() => expect(noQueue()).toBe(false))
    expect(textOf(queue())).toContain(
      `Asta Holm 2.A vil åbne trivselsmålingen · kode ${checkCode} for 0 sek. siden`,
    )
  })

  test('on the class page: in the box and in the row', async () => {
    const app = await open({ at: CLASS_2A })
    const { checkCode } = await asks(app, 'Asta Holm')
    await until(() => expect(count()).not.toBeNull())
    await settle()
    expect(textOf(queue())).toContain(`Asta Holm vil åbne Aula · kode ${checkCode}`)
    expect(status('Asta Holm')).toBe('Venter på godkendelse')
  })

  test('of another class of the teacher: in the header, not among the pupils of this one', async () => {
    const app = await open({ at: CLASS_2A })
    await asks(app, 'Freja Åkjær')
    await until(() => expect(count()).not.toBeNull())
    expect(noQueue()).toBe(true)
  })

  test("of a class of somebody else's: nothing, nowhere", async () => {
    const app = await open()
    await asks(app, 'Hannah Al-Amin')
    await asks(app, 'Ivan Brandt')
    // Hannah is in Tysk 8, which is Lone's; Ivan of 8.B is in it as well.
    await until(() => expect(count()).not.toBeNull())
    await app.signOut()
    await until(() => expect(screen.queryByRole('link', { name: /venter/ })).toBeNull())
    expect(document.title).not.toMatch(/^\(/)
  })

  test('is said once, politely: who, what for, and how many wait', async () => {
    const app = await open()
    await asks(app, 'Asta Holm')
    await until(() =>
      expect(announced()).toContain(fill(da.stepUp.arrived, { name: 'Asta Holm', service: 'Aula' })),
    )
    expect(announced()).toContain(fill(da.stepUp.waitingTitle_one, { count: 1 }))
    await passTime(minutes(1))
    expect(announced()).toBe('')
  })

  test('those who waited when the page was opened are not said anew', async () => {
    await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    expect(count()).toBe(fill(da.stepUp.waitingLink_one, { count: 1 }))
    expect(announced()).toBe('')
  })

  test('many at once: counted, said by number, and each in the queue once', async () => {
    const app = await open({ at: CLASS_4B })
    const names = app.school.store
      .snapshot()
      .enrolments.filter(({ classId }) => classId === 'birkeskolen-4b')
      .flatMap(
        ({ pupilId }) => app.school.store.snapshot().pupils.find(({ id }) => id === pupilId)?.name ?? [],
      )
    await Promise.all(names.map((name) => asks(app, name)))
    await passTime(A_MOMENT)
    await until(() => expect(count()).toBe(fill(da.stepUp.waitingLink_other, { count: names.length })))
    await until(() => expect(inQueue()).toHaveLength(names.length))
  })

  test('a flood from one pupil is one row, with the latest code', async () => {
    const app = await open()
    const asta = await pupilElsewhere(app.school, 'Asta Holm')
    await asta.asksFor('aula')
    await asta.asksFor('pupilPlan')
    const { checkCode } = await asta.asksFor('aula')
    await passTime(A_MOMENT)
    await until(() => expect(inQueue()).toHaveLength(1))
    expect(inQueue()[0]).toContain(`kode ${checkCode}`)
  })

  test('in English', async () => {
    const app = await open({ language: 'en' })
    await asks(app, 'Asta Holm')
    await until(() => expect(count()).toBe(fill(en.stepUp.waitingLink_one, { count: 1 })))
    expect(textOf(queue())).toContain('Asta Holm 2.A wants to open Aula')
  })
})

describe('the request ends', () => {
  test.each(['gives up', 'signs out'])('the pupil %s: gone at once, and said', async (how) => {
    const app = await open()
    const asta = await pupilElsewhere(app.school, 'Asta Holm')
    const { id } = await asta.asksFor('aula')
    await until(() => expect(inQueue()).toHaveLength(1))
    if (how === 'gives up') await asta.givesUp(id)
    else await asta.signsOut()
    await passTime(A_MOMENT)
    await until(() => expect(noQueue()).toBe(true))
    expect([count(), document.title]).toEqual([null, 'Mine klasser – Elevadgang'])
    expect(announced()).toContain(da.stepUp.nobodyWaits)
  })

  test('by itself after 15 minutes: gone that very second', async () => {
    const app = await open()
    await asks(app, 'Asta Holm')
    await until(() => expect(count()).not.toBeNull())
    await passTime(minutes(15) - seconds(1))
    expect(count()).not.toBeNull()
    await passTime(seconds(1))
    await until(() => expect([count(), noQueue()]).toEqual([null, true]))
  })

  test('a colleague approves: seen at once on the class page, and said', async () => {
    const app = await open({ at: CLASS_2A })
    await asks(app, 'Asta Holm')
    await until(() => expect(noQueue()).toBe(false))
    await (await app.colleague('mads5512')).stepsUp('Asta Holm')
    await passTime(A_MOMENT)
    await until(() => expect(status('Asta Holm')).toContain('To-faktor-adgang til kl. 11.00'))
    expect([noQueue(), count()]).toEqual([true, null])
    expect(announced()).toContain(da.stepUp.nobodyWaits)
  })

  test('a colleague answers while the pointer is in the queue: the row keeps its place, without its buttons', async () => {
    const app = await open()
    await asks(app, 'Asta Holm')
    await passTime(seconds(1))
    await asks(app, 'Emil Østergaard')
    await passTime(A_MOMENT)
    await until(() => expect(inQueue()).toHaveLength(2))
    await app.user.hover(within(queue()).getByRole('button', { name: 'Godkend for Emil Østergaard' }))
    await (await app.colleague('mads5512')).stepsUp('Asta Holm')
    await passTime(A_MOMENT)
    await until(() => expect(inQueue()[0]).toBe(fill(da.stepUp.answeredElsewhere, { name: 'Asta Holm' })))
    expect(inQueue()[1]).toContain('Emil Østergaard')
    expect(within(queue()).queryByRole('button', { name: 'Godkend alle' })).toBeNull()
    await app.user.unhover(queue())
    await until(() => expect(inQueue()).toHaveLength(1))
  })
})

describe('the queue on my classes', () => {
  const twoWaiting = async () => {
    const app = await open()
    await asks(app, 'Asta Holm')
    await passTime(seconds(1))
    await asks(app, 'Freja Åkjær')
    await passTime(A_MOMENT)
    await until(() => expect(inQueue()).toHaveLength(2))
    return app
  }

  test('one approved: said once, the focus goes to the next, and the class counts one less', async () => {
    const app = await twoWaiting()
    await app.approve('Asta Holm')
    await passTime(A_MOMENT)
    expect(app.activity('approveStepUpRequest', 'Asta Holm')).toHaveLength(1)
    expect(announced().split(fill(da.stepUp.given, { name: 'Asta Holm' }))).toHaveLength(2)
    expect(announced()).not.toContain(da.stepUp.nobodyWaits)
    expect(focus()).toBe('Godkend for Freja Åkjær')
    expect(count()).toBe(fill(da.stepUp.waitingLink_one, { count: 1 }))
    await until(() =>
      expect(textOf(screen.getByRole('list', { name: 'Mine klasser' }))).not.toContain('2 venter'),
    )
  })

  test('the last one declined: said, and the focus goes to the heading', async () => {
    const app = await open()
    await asks(app, 'Asta Holm')
    await until(() => expect(inQueue()).toHaveLength(1))
    await app.decline('Asta Holm')
    expect(announced()).toContain(fill(da.stepUp.declined, { name: 'Asta Holm' }))
    expect([noQueue(), focus()]).toEqual([true, 'Mine klasser'])
  })

  test('"Godkend alle", of two classes: exactly those shown; who came in that moment waits on', async () => {
    const app = await twoWaiting()
    await app.school.command({ do: 'askForStepUp', username: app.pupil('Emil Østergaard').username })
    await app.approveAll()
    await passTime(A_MOMENT)
    const approved = app.activity('approveStepUpRequest').map(({ pupilId }) => pupilId)
    expect(approved.toSorted()).toEqual([app.pupil('Asta Holm').id, app.pupil('Freja Åkjær').id].toSorted())
    await until(() => expect(inQueue()).toHaveLength(1))
    expect(inQueue()[0]).toContain('Emil Østergaard')
    expect(focus()).not.toBe('nothing')
  })

  test('whom a colleague answered in that moment: said, and nothing happens twice', async () => {
    const app = await open()
    await asks(app, 'Asta Holm')
    await until(() => expect(inQueue()).toHaveLength(1))
    const decline = within(queue()).getByRole('button', { name: 'Afvis for Asta Holm' })
    await app.school.store.transaction(async (unit) => {
      const [request] = (await unit.stepUpRequests([app.pupil('Asta Holm').id])).values()
      if (request)
        await unit.saveStepUpRequest({ ...request, outcome: { decision: 'approved', at: Date.now() } })
    })
    await app.user.click(decline)
    await until(() =>
      expect(textOf(screen.getByRole('main'))).toContain(`Asta Holm: ${da.pupils.refusal.notWaiting}`),
    )
    expect(noQueue()).toBe(true)
  })

  test('is reached from the header of every page, by the keyboard', async () => {
    const app = await open({ at: CLASS_4B })
    await asks(app, 'Asta Holm')
    await until(() => expect(count()).not.toBeNull())
    within(screen.getByRole('banner'))
      .getByRole('link', { name: /venter på godkendelse/ })
      .focus()
    await app.user.keyboard('{Enter}')
    await until(() => heading('Mine klasser'))
    await until(() => expect(focus()).toBe(fill(da.stepUp.waitingTitle_one, { count: 1 })))
    await app.user.tab()
    expect(focus()).toBe('Godkend for Asta Holm')
  })
})

describe('the stream', () => {
  test('one for each page, and no list is asked for in vain while nothing happens', async () => {
    const streams: string[] = []
    const app = await open({
      before: () =>
        void server.events.on('response:mocked', ({ request }) => {
          if (request.url.endsWith('/events')) streams.push(request.url)
        }),
    })
    await until(() => expect(streams).toHaveLength(1))
    await settle()
    const asked: string[] = []
    server.events.on('request:start', ({ request }) => asked.push(new URL(request.url).pathname))
    await passTime(seconds(50))
    expect(asked).toEqual([])
    await asks(app, 'Asta Holm')
    await until(() => expect(count()).not.toBeNull())
    expect(asked.toSorted()).toEqual(['/api/classes', '/api/step-up-requests'])
    server.events.removeAllListeners()
  })

  test('that a proxy breaks: the page looks by itself every 5 seconds', async () => {
    const app = await open({
      before: () => server.use(http.get('*/api/events', () => new HttpResponse(null, { status: 502 }))),
    })
    await asks(app, 'Asta Holm')
    await settle()
    expect(count()).toBeNull()
    await passTime(seconds(5))
    await until(() => expect(count()).not.toBeNull())
  })

  test('that a proxy keeps to itself: likewise', async () => {
    const app = await open({
      before: () => server.use(http.get('*/api/events', () => new HttpResponse(new ReadableStream()))),
    })
    await asks(app, 'Asta Holm')
    await passTime(seconds(5))
    await until(() => expect(count()).not.toBeNull())
  })

  test('that breaks off is taken up again where it was: nothing is lost', async () => {
    let breakOff = () => {}
    const app = await open({
      before: () =>
        server.use(
          http.get(
            '*/api/events',
            () =>
              new HttpResponse(
                new ReadableStream({
                  start(controller) {
                    controller.enqueue(new TextEncoder().encode(':\n\n'))
                    breakOff = () => controller.error(new TypeError('network error'))
                  },
                }),
                { headers: { 'Content-Type': 'text/event-stream' } },
              ),
            { once: true },
          ),
        ),
    })
    await asks(app, 'Asta Holm')
    await settle()
    expect(count()).toBeNull()
    breakOff()
    await settle()
    // Less than after which the page looks by itself.
    await passTime(seconds(3))
    await until(() => expect(count()).not.toBeNull())
  })

  test('after sleep the page has the truth within seconds', async () => {
    const app = await open()
    await asks(app, 'Asta Holm')
    await until(() => expect(count()).not.toBeNull())
    await passTime(A_MOMENT)
    await sleepComputer(minutes(16))
    document.dispatchEvent(new Event('visibilitychange'))
    await until(() => expect(count()).toBeNull())
  })

  test('of a session that has ended leads to signing in, without anything pressed', async () => {
    const app = await open()
    await app.endSessions()
    await app.school.command({ do: 'askForStepUp', username: 'asta2011' })
    await settle()
    await passTime(seconds(3))
    await until(() => expect(pageText()).toContain(da.session.endedTitle))
  })

  test('tries again later and later, at a moment that is drawn', () => {
    const most = [0, 1, 2, 3, 4, 5, 6, 99].map((failures) => waitBeforeTry(failures, () => 1))
    expect(most).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    expect(waitBeforeTry(5, () => 0)).toBe(0)
    expect(waitBeforeTry(5, () => 0.5)).toBe(15_000)
  })
})
