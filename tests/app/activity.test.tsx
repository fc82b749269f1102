import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import da from '../../locales/da/activity.json'
import { demoPasswordOf } from '../../mocks/demo-passwords'
import { activityActions } from '../../server/activity/entry'
import { problemStatus } from '../../server/problems'
import { refusals } from '../../server/pupils/schema'
import { days, hours } from '../../server/time'
import { PupilHistory } from '../../src/features/activity/PupilHistory'
import { AnnouncerProvider } from '../../src/ui/Announcer'
import { failCalls, problem, REQUEST_ID } from './problems'
import { BIRKESKOLEN, CLASS_2A, MY_CLASSES, pupilNamed, renderApp, withSecondFactor } from './render-app'
import { MORNING, minutes, passTime, seconds, until } from './time'
import { alertText, announced, focus, heading, pageText, textOf } from './verbs'

const ACTIVITY = '/aktivitet'
const SCHOOLS_ACTIVITY = `${BIRKESKOLEN}/aktivitet`

/** The lines as they are read, from the top. */
const lines = () => [...document.querySelectorAll('.activity-line')].map((line) => textOf(line))
const dayNames = () => screen.getAllByRole('heading', { level: 2 }).map((name) => textOf(name))
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const select = (name: string) => screen.getByRole('combobox', { name })

type Rendered = Awaited<ReturnType<typeof renderApp>>

/** The teacher who looks does this in another tab: the page is not told but by the log. */
async function inAnotherTab({ school, requestTo }: Rendered, path: string, ...names: string[]) {
  const { headers } = requestTo('/')
  const sent = new Headers(headers)
  sent.set('Content-Type', 'application/json')
  sent.set('Idempotency-Key', crypto.randomUUID())
  const pupilIds = names.map((name) => pupilNamed(school, name).id)
  const answer = await school.fetch(
    new Request(`https://school.test${path}`, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify({ pupilIds }),
    }),
  )
  expect(answer.ok).toBe(true)
}

/** The pupil signs in at another computer, with the password of the demo. */
async function signInAsPupil({ school, pupil }: Rendered, name: string) {
  const { username } = pupil(name)
  const password = demoPasswordOf(username, school.store.snapshot())
  const answer = await school.fetch(
    new Request('https://school.test/api/pupil/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    }),
  )
  expect(answer.ok).toBe(true)
}

const REVEALS = '/api/pupils/username-reveals'

describe('what a teacher has done', () => {
  test('is told in plain sentences, newest first, reached from the header', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.giveNewPassword('Asta Holm')
    await passTime(minutes(3))
    await app.pressInRow('Vis brugernavn', 'Emil Østergaard')
    await app.user.click(within(screen.getByRole('banner')).getByRole('link', { name: 'Aktivitet' }))
    await until(() => heading('Aktivitet'))
    await until(() => expect(lines()).toHaveLength(3))
    expect(location.pathname).toBe(ACTIVITY)
    expect(document.title).toBe('(1) Aktivitet – Elevadgang')
    expect(dayNames()).toEqual(['I dag'])
    expect(lines()).toEqual([
      '09.03Du så brugernavnet for Emil Østergaardfra demoen',
      '09.00Du gav Asta Holm ny adgangskodefra demoen',
      '09.00Du loggede påfra demoen',
    ])
    expect(focus()).toBe('Aktivitet')
    expect(screen.queryByRole('button', { name: 'Hent som CSV' })).toBeNull()
  })

  test('in English', async () => {
    const app = await renderApp({ at: ACTIVITY, as: 'lone4821', language: 'en' })
    heading('Activity')
    expect(lines()).toEqual(['09:00You signed infrom the demo'])
    await inAnotherTab(app, REVEALS, 'Asta Holm', 'Bertram Lund')
    await passTime(seconds(10))
    await app.user.click(button('1 new'))
    expect(lines()[0]).toContain('You saw the usernames of 2 pupils')
  })

  test('many pupils are one line, with each inside; who was refused, with the reason', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await inAnotherTab(app, '/api/pupils/password-resets', 'Asta Holm', 'Bertram Lund', 'Carla Nguyen')
    await app.user.click(screen.getByRole('link', { name: 'Aktivitet' }))
    await until(() => expect(lines()).toHaveLength(3))
    expect(lines()[0]).toContain('Du gav Asta Holm ny adgangskode')
    expect(lines()[1]).toContain('Du kunne ikke give 2 elever ny adgangskode Afvist')
    await app.user.click(screen.getByText('Vis 2 elever'))
    expect(lines()[1]).toContain('Bertram Lund: eleven er spærret')
    expect(lines()[1]).toContain('Carla Nguyen: eleven bruger en lokal loginløsning')
  })

  test('is grouped by Danish days', async () => {
    await renderApp({
      at: ACTIVITY,
      as: 'lone4821',
      school: (school) => ({
        ...school,
        activity: [days(400), days(2), hours(9) + 1, hours(9)].map((ago, place) => ({
          at: MORNING - ago,
          actorId: 's-lone',
          actorRole: 'teacher' as const,
          action: 'stepUp' as const,
          outcome: 'done' as const,
          reason: null,
          pupilId: null,
          institutionIds: ['birkeskolen'],
          requestId: `AAAA-222${place + 2}`,
          source: 'page',
        })),
      }),
    })
    expect(dayNames()).toEqual([
      'I dag',
      'I går, torsdag den 19. november',
      'onsdag den 18. november',
      'torsdag den 16. oktober 2025',
    ])
    expect(lines()[1]).toMatch(/^00\.00/)
    expect(lines()[2]).toMatch(/^23\.59/)
  })

  test('is empty with a reason, where nothing was done', async () => {
    await renderApp({
      at: `${ACTIVITY}?hvad=brugernavne`,
      as: 'omar7310',
    })
    screen.getByRole('heading', { name: 'Intet passer til det, du har valgt' })
    expect(pageText()).toContain('Prøv et længere tidsrum, eller ryd filtrene.')
  })
})

describe('what is new', () => {
  test('waits behind a button, is said once, and is shown on top when it is pressed', async () => {
    const app = await renderApp({ at: ACTIVITY, as: 'lone4821' })
    await inAnotherTab(app, REVEALS, 'Asta Holm')
    await passTime(seconds(10))
    expect(lines()).toHaveLength(1)
    expect(announced()).toContain('1 ny')
    await inAnotherTab(app, REVEALS, 'Emil Østergaard')
    await passTime(seconds(10))
    await app.user.click(button('2 nye'))
    expect(lines().slice(0, 2)).toEqual([
      expect.stringContaining('Du så brugernavnet for Emil Østergaard'),
      expect.stringContaining('Du så brugernavnet for Asta Holm'),
    ])
    expect(lines()).toHaveLength(3)
    expect(announced()).toContain('2 nye linjer vist.')
    expect(focus()).toContain('Du så brugernavnet for Emil Østergaard')
    expect(screen.queryByRole('button', { name: /nye?$/ })).toBeNull()
  })

  test('a change that an event tells of is there at once', async () => {
    const app = await renderApp({ at: ACTIVITY, as: 'lone4821' })
    await inAnotherTab(app, '/api/pupils/step-ups', 'Asta Holm')
    await until(() => button('1 ny'))
  })

  test('more than a page of it takes the place of what was shown', async () => {
    const app = await renderApp({ at: ACTIVITY, as: 'lone4821' })
    for (let time = 0; time < 55; time += 1) await inAnotherTab(app, REVEALS, 'Asta Holm')
    await passTime(seconds(10))
    await app.user.click(button('Mere end 50 nye'))
    expect(lines()).toHaveLength(50)
    await app.user.click(button('Vis flere'))
    await until(() => expect(lines()).toHaveLength(56))
    expect(lines()[55]).toContain('Du loggede på')
    expect(focus()).toContain('Du så brugernavnet')
    expect(announced()).toContain('6 linjer mere vist.')
    expect(pageText()).toContain('Der er ikke mere.')
  })
})

describe('filters', () => {
  test('stand in the address, by codes and ids, and can be cleared', async () => {
    const app = await renderApp({ at: ACTIVITY, as: 'lone4821' })
    await inAnotherTab(app, REVEALS, 'Asta Holm')
    await inAnotherTab(app, '/api/pupils/password-resets', 'Bertram Lund')
    await app.user.selectOptions(select('Hvad'), 'Brugernavne vist')
    expect(location.search).toBe('?hvad=brugernavne')
    expect(lines()).toEqual([expect.stringContaining('Asta Holm')])
    await app.user.click(button('Ryd filtre'))
    expect(location.search).toBe('')
    await app.user.selectOptions(select('Resultat'), 'Afvist')
    expect(lines()).toEqual([expect.stringContaining('Du kunne ikke give Bertram Lund ny adgangskode')])
    expect(lines()[0]).toContain('Årsag: eleven er spærret')
  })

  test('one pupil, looked for by name, of whom the address holds the id', async () => {
    const app = await renderApp({ at: ACTIVITY, as: 'lone4821' })
    await inAnotherTab(app, REVEALS, 'Asta Holm')
    await inAnotherTab(app, REVEALS, 'Emil Østergaard')
    await app.user.type(select('Elev'), 'asta')
    await until(() => screen.getByRole('option', { name: 'Asta Holm, 2.A' }))
    await app.user.keyboard('{Enter}')
    expect(location.search).toBe(`?elev=${app.pupil('Asta Holm').id}`)
    expect(pageText()).toContain('Kun det, der angår Asta Holm')
    expect(lines()).toEqual([expect.stringContaining('Asta Holm')])
    expect(focus()).toBe('Vis alle elever')
    await app.user.click(button('Vis alle elever'))
    expect(lines()).toHaveLength(3)
    expect(focus()).toBe('Elev')
  })

  test('an address that somebody sent shows the same', async () => {
    await renderApp({
      at: `${ACTIVITY}?hvad=log-paa&resultat=udfoert&fra=2026-11-20&til=2026-11-20`,
      as: 'lone4821',
    })
    expect(lines()).toEqual([expect.stringContaining('Du loggede på')])
    expect(screen.getByLabelText<HTMLInputElement>('Fra og med').value).toBe('2026-11-20')
  })

  test('a pupil out of reach is told, without a name', async () => {
    await renderApp({ at: `${ACTIVITY}?elev=p-nobody`, as: 'lone4821' })
    expect(pageText()).toContain('Eleven er ikke længere inden for din rækkevidde')
  })
})

describe('when it goes wrong', () => {
  test('the reason, the number for support, and trying again', async () => {
    const app = await renderApp({
      at: ACTIVITY,
      as: 'lone4821',
      before: () => failCalls('*/api/activity', 1, () => problem('unexpected')),
    })
    expect(alertText()).toContain('Der skete en fejl hos os')
    expect(alertText()).toContain(REQUEST_ID)
    await app.user.click(button('Prøv igen'))
    expect(lines()).toHaveLength(1)
  })
})

describe('a school’s log', () => {
  async function openSchoolsLog() {
    const app = await renderApp({ at: SCHOOLS_ACTIVITY, as: 'kent1904', session: withSecondFactor })
    await until(() => expect(lines().length).toBeGreaterThan(0))
    return app
  }

  test('shows what staff did, and pupils where asked; and can be taken away', async () => {
    const app = await openSchoolsLog()
    const mads = await app.colleague('mads5512')
    await mads.givesNewPassword('Asta Holm')
    await signInAsPupil(app, 'Emil Østergaard')
    await passTime(seconds(10))
    await app.user.click(button(/nye$/))
    expect(lines()[0]).toContain('Mads Bro gav Asta Holm ny adgangskode')
    expect(lines().join()).not.toContain('Emil Østergaard')
    await app.user.selectOptions(select('Hvem'), 'Elever')
    expect(location.search).toBe('?hvem=elever')
    expect(lines()).toEqual([expect.stringContaining('Emil Østergaard loggede på')])
    await app.user.selectOptions(select('Hvem'), 'Mads Bro')
    expect(location.search).toBe('?hvem=s-mads')
    expect(lines()).toHaveLength(2)

    const saved: Blob[] = []
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (file: Blob) => {
          saved.push(file)
          return 'blob:file'
        },
        revokeObjectURL: () => undefined,
      }),
    )
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    await app.user.click(button('Hent som CSV'))
    await until(() => expect(click).toHaveBeenCalledOnce())
    expect(await saved[0]?.text()).toContain(';Mads Bro;lærer;giv ny adgangskode;Asta Holm;udført')
    expect(announced()).toContain('Filen er hentet.')
    expect(app.activity('exportActivity')).toHaveLength(1)
  })

  test('tells how many an import has changed, by nobody, in both languages', async () => {
    const app = await renderApp({
      at: `${SCHOOLS_ACTIVITY}?hvad=import`,
      as: 'kent1904',
      session: withSecondFactor,
      school: (school) => ({
        ...school,
        activity: [
          {
            at: MORNING,
            actorId: null,
            actorRole: 'import',
            action: 'importRoster',
            outcome: 'done',
            reason: null,
            pupilId: null,
            institutionIds: ['birkeskolen'],
            requestId: 'AAAA-2222',
            source: 'OneRoster',
            counts: [
              { of: 'pupils', change: 'added', count: 1234 },
              { of: 'pupils', change: 'moved', count: 2 },
              { of: 'pupils', change: 'gone', count: 1 },
              { of: 'staff', change: 'changed', count: 1 },
            ],
          },
        ],
      }),
    })
    await until(() =>
      expect(lines()).toEqual([
        '09.00Importen opdaterede skolens personer og klasserfra OneRoster' +
          'Elever: 1.234 tilføjet, 2 flyttet og 1 udgåetAnsatte: 1 ændret',
      ]),
    )
    await app.user.click(button('English'))
    await until(() => expect(lines()[0]).toContain('The import updated the school'))
    expect(lines()[0]).toContain('Pupils: 1,234 added, 2 moved and 1 goneStaff: 1 changed')
  })

  test('a file that could not be had is told in words', async () => {
    const app = await openSchoolsLog()
    failCalls('*/api/activity/exports', 1, () => problem('too-many-requests', { retryAfterSeconds: 120 }))
    await app.user.click(button('Hent som CSV'))
    await until(() => expect(announced()).toContain('Det går lidt hurtigt'))
  })
})

test('one pupil’s history tells what was done to and by the pupil, by whomever', async () => {
  const app = await renderApp({ at: SCHOOLS_ACTIVITY, as: 'kent1904', session: withSecondFactor })
  const mads = await app.colleague('mads5512')
  await mads.givesNewPassword('Asta Holm', 'Emil Østergaard')
  await signInAsPupil(app, 'Emil Østergaard')
  const { container } = render(
    <QueryClientProvider client={app.queryClient}>
      <AnnouncerProvider>
        <PupilHistory institutionId="birkeskolen" pupilId={app.pupil('Emil Østergaard').id} />
      </AnnouncerProvider>
    </QueryClientProvider>,
  )
  await until(() => within(container).getByRole('heading', { name: 'Historik' }))
  await until(() => expect(container.querySelectorAll('.activity-line')).toHaveLength(2))
  expect([...container.querySelectorAll('.activity-line')].map((line) => textOf(line))).toEqual([
    '09.00Emil Østergaard loggede påfra demoen',
    '09.00Mads Bro gav Emil Østergaard ny adgangskodefra demoen',
  ])
})

test('every action and every reason has its words', () => {
  const stem = (key: string) => key.replace(/_(one|other)$/, '')
  const all = [...activityActions].toSorted()
  expect([...new Set(Object.keys(da.done).map(stem))].toSorted()).toEqual(all)
  expect([...new Set(Object.keys(da.tried).map(stem))].toSorted()).toEqual(all)
  expect(Object.keys(da.file.actions).toSorted()).toEqual(all)
  expect(Object.keys(da.reasons)).toEqual(
    expect.arrayContaining([...refusals, ...Object.keys(problemStatus)]),
  )
})
