import { screen } from '@testing-library/react'
import { describe, expect, onTestFinished, test } from 'vitest'
import { kentAsks } from './kent'
import { hold, loseCalls } from './problems'
import { pupilElsewhere } from './pupil-elsewhere'
import { PUPIL, problems, pupilDa, renderPupil } from './pupil-verbs'
import { minutes, passTime, seconds, settle, until } from './time'
import { announced, focus, heading, pageText } from './verbs'
import { fill } from './words'

const t = pupilDa
const AULA = `${PUPIL}/aula`

async function atStart() {
  const app = await renderPupil()
  await app.signInByPictures('asta2011')
  app.atStart('Asta')
  return app
}

async function atWaiting() {
  const app = await atStart()
  await app.press(t.services.aula)
  heading(t.waiting.title)
  return app
}

type App = Awaited<ReturnType<typeof atStart>>
const requestsOf = ({ school, pupil }: App, name = 'Asta Holm') =>
  school.store.snapshot().stepUpRequests.filter(({ pupilId }) => pupilId === pupil(name).id)
const message = () => screen.queryByRole('heading', { level: 2, name: 'Besked fra skolen' })

/** Everything that the tab is called from now on, as whoever comes back to it hears. */
function followTitle() {
  const titles: string[] = []
  const observer = new MutationObserver(() => titles.push(document.title))
  observer.observe(document.head, { subtree: true, childList: true, characterData: true })
  onTestFinished(() => observer.disconnect())
  return () => titles
}

describe('the start page', () => {
  test('greets by first name and offers four services', async () => {
    await atStart()
    for (const name of Object.values(t.services)) screen.getByRole('button', { name })
    expect(location.pathname).toBe(PUPIL)
  })

  test('with the higher level given beforehand, a service opens at once and nobody is asked', async () => {
    const app = await atStart()
    await (await app.colleague('mads5512')).stepsUp('Asta Holm')
    await app.press(t.services.aula)
    expect(message()).not.toBeNull()
    expect(pageText()).toContain(fill(t.service.until, { time: '11.00' }))
    expect(requestsOf(app)).toEqual([])
    await app.user.click(screen.getByRole('link', { name: t.toStart }))
    await settle()
    expect(pageText()).toContain(fill(t.start.until, { time: '11.00' }))
  })

  test('without a connection: said where one is, and nothing is asked twice', async () => {
    const app = await atStart()
    loseCalls('*/api/pupil/services/*', app.school, app.jar, 'before it arrived', 9)
    await app.press(t.services.aula)
    await passTime(seconds(1))
    expect(problems()).toBe(t.error.connection)
    expect(requestsOf(app)).toEqual([])
    app.atStart('Asta')
  })
})

describe('waiting for the teacher', () => {
  test('asks once, and shows the code that the teacher sees', async () => {
    const app = await atWaiting()
    expect(location.pathname).toBe(AULA)
    const [request, ...others] = requestsOf(app)
    expect(others).toEqual([])
    expect(request?.service).toBe('aula')
    expect(pageText()).toContain(`${t.waiting.code}${request?.checkCode}`)
    expect(focus()).toBe(t.waiting.title)
    expect(message()).toBeNull()
  })

  test('goes on with the same code after a way back to the start', async () => {
    const app = await atWaiting()
    const [request] = requestsOf(app)
    await app.user.click(screen.getByRole('link', { name: 'Elevadgang' }))
    await until(() => app.atStart('Asta'))
    await app.press(t.services.aula)
    heading(t.waiting.title)
    expect(requestsOf(app)).toEqual([request])
  })

  test('approved: on to the service at once, with its end', async () => {
    const app = await atWaiting()
    await app.teacherDecides('approve')
    await until(() => expect(message()).not.toBeNull())
    expect(announced()).toContain(t.service.approved)
    expect(pageText()).toContain(fill(t.service.until, { time: '11.00' }))
    expect(focus()).toBe(t.services.aula)
  })

  test.each(['the first time', 'again after a teacher has ended it'])(
    'approved, %s, on a slow line: nothing is said to be over before it has begun',
    async (time) => {
      const app = await atWaiting()
      const mads = await app.colleague('mads5512')
      if (time !== 'the first time') {
        await mads.stepsUp('Asta Holm')
        await until(() => expect(message()).not.toBeNull())
        await mads.endsStepUp('Asta Holm')
        await until(() => heading(t.ended.over.title))
        await app.press(t.askAgain)
        heading(t.waiting.title)
      }
      const letGo = hold('*/api/pupil/services/aula')
      const titles = followTitle()
      await mads.stepsUp('Asta Holm')
      await passTime(seconds(1))
      expect(screen.queryByRole('heading', { name: t.waiting.title })).toBeNull()
      await letGo()
      await until(() => expect(message()).not.toBeNull())
      expect(titles().filter((title) => title.includes(t.ended.over.title))).toEqual([])
    },
  )

  test('a page that is drawn after the approval finds it open, and does not say it anew', async () => {
    const app = await atWaiting()
    await app.teacherDecides('approve')
    await until(() => expect(message()).not.toBeNull())
    await app.user.click(screen.getByRole('link', { name: t.toStart }))
    // Longer than the page remembers how the request stood.
    await passTime(minutes(6))
    await app.press(t.services.aula)
    expect(message()).not.toBeNull()
    expect(announced()).not.toContain(t.service.approved)
  })

  test('declined: says so, and the pupil may ask again', async () => {
    const app = await atWaiting()
    await app.teacherDecides('decline')
    await until(() => heading(t.ended.declined.title))
    expect(pageText()).toContain(t.ended.declined.text)
    expect(focus()).toBe(t.ended.declined.title)
    await app.press(t.askAgain)
    heading(t.waiting.title)
    expect(requestsOf(app)).toHaveLength(2)
  })

  test('given up', async () => {
    const app = await atWaiting()
    await app.press(t.waiting.stop)
    heading(t.ended.withdrawn.title)
    expect(requestsOf(app)[0]?.outcome?.decision).toBe('withdrawn')
  })

  test('replaced: the pupil asks for another service on a phone, and this page says so', async () => {
    const app = await atWaiting()
    await (await pupilElsewhere(app.school, 'Asta Holm')).asksFor('pupilPlan')
    await until(() => heading(t.ended.replaced.title))
    expect(requestsOf(app).map(({ outcome }) => outcome?.decision ?? null)).toEqual(['replaced', null])
  })

  test('asked for the same service on a phone: one request, and this page shows its code', async () => {
    const app = await atWaiting()
    const { checkCode } = await (await pupilElsewhere(app.school, 'Asta Holm')).asksFor('aula')
    await until(() => expect(pageText()).toContain(`${t.waiting.code}${checkCode}`))
    heading(t.waiting.title)
  })

  test('after 15 minutes nobody answers any more', async () => {
    const app = await atWaiting()
    await passTime(minutes(15) - seconds(2))
    heading(t.waiting.title)
    await passTime(seconds(4))
    heading(t.ended.expired.title)
    await app.press(t.askAgain)
    heading(t.waiting.title)
  })

  test('does not look again and again once it is over', async () => {
    const app = await atWaiting()
    await app.press(t.waiting.stop)
    const sent = loseCalls('*/api/pupil/*', app.school, app.jar, 'before it arrived', 0)
    await passTime(seconds(10))
    expect(sent).toEqual([])
  })
})

describe('the higher level', () => {
  test('ends two hours after the approval: the message is gone, also without another answer', async () => {
    const app = await atWaiting()
    await app.teacherDecides('approve')
    await until(() => expect(message()).not.toBeNull())
    for (let passed = 0; passed < 7; passed++) {
      await app.touchSession()
      await passTime(minutes(17))
    }
    expect(message()).not.toBeNull()
    await passTime(minutes(1) - seconds(4))
    expect(message()).not.toBeNull()
    loseCalls('*/api/pupil/*', app.school, app.jar, 'before it arrived', 99)
    await passTime(seconds(4))
    expect(message()).toBeNull()
  })

  test('then says why, and the pupil may ask again', async () => {
    const app = await atWaiting()
    await app.teacherDecides('approve')
    await until(() => expect(message()).not.toBeNull())
    for (let passed = 0; passed < 8; passed++) {
      await app.touchSession()
      await passTime(minutes(15))
    }
    heading(t.ended.over.title)
    await app.press(t.askAgain)
    heading(t.waiting.title)
  })

  test('ended early by a teacher: the message goes at once', async () => {
    const app = await atWaiting()
    await app.teacherDecides('approve')
    await until(() => expect(message()).not.toBeNull())
    await (await app.colleague('lone4821')).endsStepUp('Asta Holm')
    await until(() => heading(t.ended.over.title))
    expect(message()).toBeNull()
  })
})

describe('an address', () => {
  test('of a service asks nobody by itself', async () => {
    const app = await atStart()
    history.pushState(null, '', `${PUPIL}/elevplan`)
    window.dispatchEvent(new PopStateEvent('popstate'))
    await until(() => heading(t.ended.ask.title))
    expect(requestsOf(app)).toEqual([])
    await app.press(t.askTeacher)
    heading(t.waiting.title)
  })

  test('of nothing leads to the start', async () => {
    const app = await atStart()
    history.pushState(null, '', `${PUPIL}/ukendt`)
    window.dispatchEvent(new PopStateEvent('popstate'))
    await until(() => expect(location.pathname).toBe(PUPIL))
    app.atStart('Asta')
  })
})

describe('the next pupil at this computer, who signs in by another tab,', () => {
  async function takesOver(app: App, name: string) {
    const { token } = await pupilElsewhere(app.school, name)
    app.jar.pupil.set(token)
    const letGo = hold('*/api/pupil/services/*')
    // The tab is turned to; until then it has slept.
    window.dispatchEvent(new Event('visibilitychange'))
    await settle()
    return letGo
  }

  test('sees nothing of what the one before had open, not even for a moment', async () => {
    const app = await atWaiting()
    await app.teacherDecides('approve')
    await until(() => expect(message()).not.toBeNull())
    const letGo = await takesOver(app, 'Gustav Petersen')
    expect(message()).toBeNull()
    await letGo()
    await until(() => heading(t.ended.ask.title))
    expect(announced()).not.toContain(t.service.approved)
  })

  test('waits for nothing, and has replaced nothing', async () => {
    const app = await atWaiting()
    const [request] = requestsOf(app)
    const letGo = await takesOver(app, 'Gustav Petersen')
    await letGo()
    await until(() => heading(t.ended.ask.title))
    expect(pageText()).not.toContain(request?.checkCode)
  })

  test('has a new password kept under no name but the own', async () => {
    const app = await atStart()
    await takesOver(app, 'Freja Åkjær')
    app.atStart('Freja')
    await app.press(t.mustChange.now)
    await app.press(t.newPassword.remembered)
    expect(document.querySelector('input[autocomplete=username]')).toBeNull()
  })
})

test('a pupil who waits for approval is signed out by a block', async () => {
  const app = await atWaiting()
  await kentAsks(app, 'blocks', 'Asta Holm', { reason: { code: 'misuse' }, until: null })
  // The stream has ended; the page looks by itself, and is told why.
  await passTime(seconds(6))
  app.field(t.username)
  expect(pageText()).not.toContain('Asta')
})
