import { act, screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import notFound from '../../locales/da/help/brugernavn-ikke-fundet.json'
import noPupils from '../../locales/da/help/ingen-elever.json'
import letter from '../../locales/da/help/medarbejder-uden-mitid.json'
import help from '../../locales/da/help.json'
import noClasses from '../../locales/da/noClasses.json'
import enNotFound from '../../locales/en/help/brugernavn-ikke-fundet.json'
import enHelp from '../../locales/en/help.json'
import { server } from '../../mocks/node'
import { noteOperatingStatus } from '../../src/api/operating-status'
import { kentAsks } from './kent'
import { failCalls, problem } from './problems'
import { BIRKESKOLEN, CLASS_2A, MY_CLASSES, pupilNamed, renderApp, withSecondFactor } from './render-app'
import { minutes, passTime, seconds, until } from './time'
import { announced, focus, heading, pageText, row, shownUsername, textOf } from './verbs'
import { da, fill } from './words'

const link = (name: string | RegExp) => within(screen.getByRole('main')).getByRole('link', { name })
const button = (name: string | RegExp) => within(screen.getByRole('main')).getByRole('button', { name })
const hits = () => [...document.querySelectorAll('.help-hits > li > a')].map(textOf)
const field = () => screen.getByRole('searchbox')

type Situation = Parameters<typeof renderApp>[0]

async function helpAt(at: string, title: string, situation: Situation = {}) {
  const app = await renderApp({ at, ...situation })
  await until(() => heading(title))
  return app
}

describe('help', () => {
  test('is open to everybody and asks nothing of anybody', async () => {
    const { user } = await helpAt('/hjaelp', help.title)
    expect(document.title).toBe('Hjælp – Elevadgang')
    await user.type(field(), 'brugernavnet blev ikke fundet')
    expect(hits()[0]).toBe(notFound.title)
  })

  test('finds an error message by its own words, also when they are misspelt', async () => {
    const { user } = await helpAt('/hjaelp', help.title)
    for (const [query, title] of [
      ['ingen aktører tilknyttet', 'Der er ingen aktører tilknyttet brugeren'],
      ['domænenavn identity provder', 'Fejl om “identity provider”'],
      ['fire bileder virker ikke', 'De fire billeder virker ikke'],
      ['hvor tit skifte adgangskode', 'Hvor tit skal adgangskoder skiftes?'],
    ] as const) {
      await user.clear(field())
      await user.type(field(), query)
      expect([query, hits()[0]]).toEqual([query, title])
    }
    await user.clear(field())
    await user.type(field(), 'xyzzyx')
    expect(pageText()).toContain(fill(help.noHits, { query: 'xyzzyx' }))
    link(help.support.title)
  })

  test.each([
    ['genveje', help.shortcuts.title, '/hjaelp/genveje'],
    ['persondta', 'Persondata', '/hjaelp/persondata'],
    ['gdpr', 'Persondata', '/hjaelp/persondata'],
    ['tilgængelighed', 'Tilgængelighedserklæring', '/hjaelp/tilgaengelighed'],
    ['brev til support', help.letter.title, '/hjaelp/brev'],
  ])('“%s” finds the page %s', async (query, title, at) => {
    const { user } = await helpAt('/hjaelp', help.title)
    await user.type(field(), query)
    expect(hits()).toContain(title)
    expect(link(title).getAttribute('href')).toBe(at)
  })

  test('has pupils in the same field, for those who may see them', async () => {
    const { user } = await helpAt('/hjaelp', help.title, { as: 'lone4821' })
    await user.type(field(), 'åkjær')
    await until(() => link('Hjælp Freja Åkjær'))
    await user.clear(field())
    await user.type(field(), 'Holm')
    expect(hits()).toEqual(['Hjælp Asta Holm'])
  })

  test('goes on without pupils when they cannot be fetched', async () => {
    const { user } = await helpAt('/hjaelp', help.title, {
      as: 'lone4821',
      before: () => failCalls('*/api/pupils', 9, () => problem('unexpected')),
    })
    await user.type(field(), 'fire billeder')
    await until(() => expect(pageText()).toContain(help.pupilsFailed))
    expect(hits()[0]).toBe('De fire billeder virker ikke')
  })

  test('shows what is for one role at a time', async () => {
    const { user } = await helpAt('/hjaelp', help.title, { as: 'lone4821' })
    expect(screen.getByRole<HTMLInputElement>('radio', { name: help.roles.teacher }).checked).toBe(true)
    expect(screen.queryByRole('link', { name: 'Skal jeg stadig bruge ba.emu.dk?' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: help.roles.administrator }))
    link('Skal jeg stadig bruge ba.emu.dk?')
  })

  test('works without a connection once it is here', async () => {
    const { user } = await helpAt('/hjaelp', help.title, {
      before: () => failCalls('*/api/*', 99, () => Response.error()),
    })
    await user.click(link(notFound.title))
    await until(() => heading(notFound.title))
  })

  test('an answer has an address of its own', async () => {
    await helpAt('/hjaelp/brugernavn-ikke-fundet', notFound.title)
    expect(pageText()).toContain(notFound.short)
    for (const step of notFound.teacher.steps) expect(pageText()).toContain(step)
    expect(pageText()).toContain('Styrelsen for It og Læring')
  })

  test.each(['/hjaelp/findes-ikke', '/hjaelp/elev/findes-ikke', '/hjaelp/brev/mere'])(
    '%s is no page, and says so',
    async (at) => {
      await helpAt(at, da.common.notFoundTitle)
    },
  )

  test('is in English for whom English is chosen, with messages as Unilogin says them', async () => {
    const { changeLanguage } = await helpAt('/hjaelp/brugernavn-ikke-fundet', enNotFound.title, {
      language: 'en',
    })
    expect(screen.getByText(`“${notFound.messages[0]}”`).getAttribute('lang')).toBe('da')
    expect(pageText()).toContain(enHelp.readers.teacher)
    await changeLanguage()
    await until(() => heading(notFound.title))
  })

  test('“Var det en hjælp?” leads on to support and sends nothing', async () => {
    const { user, school } = await helpAt('/hjaelp/brugernavn-ikke-fundet', notFound.title)
    const before = school.store.snapshot().activity.length
    await user.click(button(help.no))
    expect(focus()).toBe(help.sorry)
    expect(link('35 87 85 50').getAttribute('href')).toBe('tel:+4535878550')
    expect(school.store.snapshot().activity).toHaveLength(before)
  })

  test('tells whether support answers now, and notices when it closes', async () => {
    // A Friday, 9 o'clock in Denmark.
    await helpAt('/hjaelp/support', 'Hvem skal jeg ringe til?')
    expect(pageText()).toContain('Åbent nu, til kl. 14')
    await passTime(minutes(5 * 59 + 4))
    expect(pageText()).toContain('Åbent nu, til kl. 14')
    await passTime(minutes(2))
    expect(pageText()).toContain('Lukket nu. Åbner mandag kl. 8')
    expect(pageText()).toContain('mandag–torsdag')
  })

  test('the letter asks for what is missing, and nothing of it is kept', async () => {
    const { user } = await helpAt('/hjaelp/medarbejder-uden-mitid', letter.title)
    await user.click(link(help.writeLetter))
    await until(() => heading(help.letter.title))
    await user.type(screen.getByLabelText(help.letter.institution), 'Birkeskolen')
    await user.click(button(help.letter.print))
    expect(focus()).toBe(help.letter.number)
    expect(screen.getAllByText(help.letter.missing)).toHaveLength(4)
    expect(JSON.stringify([localStorage, sessionStorage, location.href])).not.toContain('Birkeskolen')
  })

  test.each([
    ['/hjaelp/persondata', 'Persondata', 'Datatilsynet'],
    ['/hjaelp/tilgaengelighed', 'Tilgængelighedserklæring', 'Digitaliseringsstyrelsen'],
    ['/hjaelp/genveje', help.shortcuts.title, help.shortcuts.list.help],
  ])('%s', async (at, title, words) => {
    await helpAt(at, title)
    expect(pageText()).toContain(words)
    expect(pageText()).not.toMatch(/{{|undefined/)
  })
})

describe('operating status', () => {
  const words = 'Unilogin svarer langsomt'

  test('is told by a bar on every page while something is wrong, and goes when all is well', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'operatingTrouble' })
    await until(() => expect(announced()).toContain(words))
    expect(announced()).toContain(da.common.trouble)
    await app.user.click(link(da.classes.myClasses))
    expect(pageText()).toContain(words)

    act(() => noteOperatingStatus(new Response(null, { status: 502 })))
    expect(pageText()).toContain(words)

    server.use(http.get('*/api/operating-status', () => HttpResponse.json({ trouble: null })))
    await passTime(minutes(1))
    expect(pageText()).not.toContain(words)
  })

  test('is told on the front page, in English in its own words', async () => {
    await renderApp({ at: '/', language: 'en', scenario: 'operatingTrouble' })
    await until(() => expect(pageText()).toContain('Unilogin is slow to answer'))
  })

  test('without English words is told in Danish, and said to be', async () => {
    await renderApp({ at: '/', language: 'en', scenario: 'operatingTrouble' })
    await until(() => expect(pageText()).toContain('Unilogin is slow to answer'))
    server.use(
      http.get('*/api/operating-status', () =>
        HttpResponse.json(
          { trouble: { da: 'Kun på dansk' } },
          { headers: { 'Operating-Status': 'trouble' } },
        ),
      ),
    )
    await passTime(minutes(2))
    expect(screen.getByText('Kun på dansk').lang).toBe('da')
  })

  test('is not asked for while nothing is wrong', async () => {
    let asked = 0
    server.events.on('request:start', ({ request }) => {
      if (request.url.includes('operating-status')) asked += 1
    })
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await passTime(minutes(2))
    expect(asked).toBe(0)
    server.events.removeAllListeners()
  })
})

describe('where help is', () => {
  test('“?” opens help for the page one is on, and not while one types', async () => {
    const { user, searchField } = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await user.type(searchField(), '?')
    expect(location.pathname).toBe(CLASS_2A)
    searchField().blur()
    await user.keyboard('?')
    await until(() => heading(help.title))
    expect(focus()).toBe(help.title)
    expect(pageText()).toContain(help.forThisPage)
    expect(screen.getAllByRole('link', { name: 'Sådan giver du en ny adgangskode' }).length).toBe(2)
  })

  test('each state of a pupil leads to its answer', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const leadsTo = (name: string, state: string) =>
      within(row(name)).getByRole('link', { name: state }).getAttribute('href')
    expect(leadsTo('Bertram Lund', da.pupils.blocked)).toBe('/hjaelp/adgangen-er-spaerret')
    expect(leadsTo('Carla Nguyen', da.pupils.localLogin)).toBe('/hjaelp/lokal-loginloesning')
    expect(leadsTo('Dicte Vestergaard', da.pupils.neverSignedIn)).toBe('/hjaelp/ny-brugers-adgangskode')
    expect(leadsTo('Emil Østergaard', da.stepUp.waiting)).toBe('/hjaelp/godkend-en-elev')
  })

  test('what is under way leads to its answer, too', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'busyClass' })
    const answersOf = (words: string) =>
      screen
        .getAllByRole('link', { name: new RegExp(`^${words}`) })
        .map((found) => found.getAttribute('href'))
    expect(answersOf(da.passwordReset.timeLeft)).toEqual(['/hjaelp/giv-ny-adgangskode'])
    expect(answersOf(da.stepUp.until.replace(/{{.*/, ''))).toEqual([
      '/hjaelp/to-faktor-adgang',
      '/hjaelp/to-faktor-adgang',
    ])
  })

  test('a failure leads to whom to call, beside the page', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    failCalls('*/api/pupils/password-resets', 1, () => problem('unexpected'))
    await app.giveNewPassword('Asta Holm')
    const beside = within(row('Asta Holm')).getByRole('link', { name: da.common.helpBeside })
    expect([beside.getAttribute('href'), beside.getAttribute('target')]).toEqual([
      '/hjaelp/support',
      '_blank',
    ])
  })

  test('a refusal leads to its answer', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.giveNewPassword('Asta Holm')
    await app.pupilSignsIn('Asta Holm')
    await app.undo('Asta Holm')
    await until(() => expect(pageText()).toContain(da.pupils.refusal.windowUsed))
    const why = within(row('Asta Holm')).getByRole('link', { name: da.pupils.refusal.windowUsed })
    expect(why.getAttribute('href')).toBe('/hjaelp/hvorfor/windowUsed')
  })

  test.each([
    ['notFound', 'Hvilke elever kan jeg hjælpe?'],
    ['windowUsed', 'Sådan giver du en ny adgangskode'],
    ['windowExpired', 'De 5 minutter løb ud'],
    ['localLogin', 'Hvad er en lokal loginløsning?'],
    ['toString', da.common.notFoundTitle],
  ])('the refusal %s has its answer', async (refusal, title) => {
    await helpAt(`/hjaelp/hvorfor/${refusal}`, title)
  })

  test('a teacher without classes is led to why', async () => {
    const { user } = await renderApp({ at: MY_CLASSES, as: 'omar7310' })
    await user.click(await until(() => link(noClasses.more)))
    await until(() => heading(noPupils.title))
  })

  test('an activity log in which nothing stands leads to what can be done here', async () => {
    await renderApp({ at: '/aktivitet?resultat=afvist', as: 'omar7310' })
    const beside = await until(() => link(da.common.helpBeside))
    expect(beside.getAttribute('href')).toBe('/hjaelp/hvad-er-elevadgang')
  })

  test('a mistake at signing in leads to its answer', async () => {
    const { user, words } = await renderApp({ at: '/log-paa' })
    expect(link(da.session.helpToSignIn).getAttribute('href')).toBe('/hjaelp/log-paa')
    await user.type(screen.getByLabelText(words.username), 'abcd1234')
    await user.click(screen.getByRole('button', { name: words.next }))
    expect(link(da.session.helpToSignIn).getAttribute('href')).toBe('/hjaelp/brugernavn-ikke-fundet')
  })

  test('a session that ends on a page of help takes the names away and leaves the help', async () => {
    const app = await helpAt('/hjaelp', help.title, { as: 'lone4821' })
    await app.user.type(field(), 'Asta')
    await until(() => link('Hjælp Asta Holm'))
    await app.endSessions()
    await passTime(minutes(21))
    expect(pageText()).not.toContain('Asta')
    heading(help.title)
  })
})

describe('“Hjælp en elev”', () => {
  const guide = '/hjaelp/elev'
  const choose = async (user: Awaited<ReturnType<typeof renderApp>>['user'], name: string, sight: string) => {
    await user.type(screen.getByLabelText(help.guide.who), name)
    await user.click(await until(() => button(new RegExp(`^${name}`))))
    await until(() => heading(fill(help.guide.sightTitleFor, { name })))
    await user.click(link(sight))
    await until(() => heading(fill(help.guide.fixTitleFor, { name })))
  }
  const start = (situation: Situation = {}) =>
    helpAt(guide, help.guide.whoTitle, { as: 'lone4821', ...situation })

  test('shows the username first and gives a new password only when that did not help', async () => {
    const { user, activity, pupil } = await start()
    await choose(user, 'Asta Holm', help.sights['forkert-adgangskode'])
    expect(pageText()).toContain(help.fixes.showUsername.title)
    expect(screen.queryByRole('button', { name: /Giv ny adgangskode/ })).toBeNull()
    await user.click(button('Vis brugernavn for Asta Holm'))
    expect(pageText()).toContain(pupil('Asta Holm').username)

    await user.click(button(help.guide.didNotWork))
    await user.click(button('Giv ny adgangskode for Asta Holm'))
    expect(activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(announced()).toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
    expect(pageText()).toContain(da.passwordReset.timeLeft)

    await user.click(button(help.guide.worked))
    expect(focus()).toBe(help.guide.workedTitle)
    expect(pageText()).toContain(help.lasting.password)
  })

  test('ends with where to turn when nothing has helped', async () => {
    const { user } = await start()
    await choose(user, 'Asta Holm', help.sights['ikke-tilknyttet'])
    await user.click(button(help.guide.didNotWork))
    expect(focus()).toBe(help.guide.lastTitle)
    expect(pageText()).toContain('35 87 85 50')
    await user.click(link(help.guide.next))
    await until(() => heading(help.guide.whoTitle))
  })

  test('knows who is blocked, and offers no new password', async () => {
    const { user } = await start()
    await choose(user, 'Bertram Lund', help.sights['forkert-adgangskode'])
    expect(pageText()).toContain(help.fixes.unblock.title)
    expect(pageText()).toContain(da.pupils.blockReason.passwordKnown)
    expect(screen.queryByRole('button', { name: /Giv ny adgangskode/ })).toBeNull()
  })

  test('knows who has a local login', async () => {
    const { user } = await start()
    await choose(user, 'Carla Nguyen', help.sights['forkert-adgangskode'])
    expect(pageText()).toContain(help.fixes.askLocalLogin.title)
  })

  test('knows who waits, and approves at once', async () => {
    const { user, activity } = await start()
    await choose(user, 'Emil Østergaard', help.sights['skal-bruge-to-faktor'])
    await user.click(button('Godkend for Emil Østergaard'))
    expect(activity('approveStepUpRequest', 'Emil Østergaard')).toHaveLength(1)
    expect(pageText()).toContain('To-faktor-adgang til kl.')
  })

  test('steps up whoever does not wait', async () => {
    const { user, activity } = await start()
    await choose(user, 'Asta Holm', help.sights['skal-bruge-to-faktor'])
    await user.click(button('Giv to-faktor-adgang for Asta Holm'))
    expect(activity('stepUp', 'Asta Holm')).toHaveLength(1)
  })

  test('knows that the clock runs already, and sees when the pupil has signed in', async () => {
    const { user, colleague, pupilSignsIn } = await start()
    await (await colleague('mads5512')).givesNewPassword('Asta Holm')
    await choose(user, 'Asta Holm', help.sights['forkert-adgangskode'])
    await until(() => expect(pageText()).toContain(help.fixes.useWindow.title))
    await pupilSignsIn('Asta Holm')
    await passTime(seconds(10))
    expect(pageText()).toContain('Ny adgangskode sat')
  })

  test('tells of a policy that has just changed', async () => {
    const app = await start()
    await kentAsks(app, 'policies', 'Asta Holm', { policy: 'mellemtrin', note: 'prøver' })
    await choose(app.user, 'Asta Holm', help.sights['fire-billeder-virker-ikke'])
    await until(() =>
      expect(pageText()).toContain(fill(help.guide.ownPolicy, { meets: da.pupils.meets.mellemtrin })),
    )
  })

  test('tells of a pupil who has moved up', async () => {
    const { user } = await start()
    await choose(user, 'Freja Åkjær', help.sights['forkert-adgangskode'])
    expect(pageText()).toContain(fill(help.guide.movedUp, { meets: da.pupils.meets.mellemtrin }))
  })

  test('does not say that a policy chosen long ago has just changed', async () => {
    const { user } = await start()
    await choose(user, 'Gustav Petersen', help.sights['fire-billeder-virker-ikke'])
    expect(pageText()).toContain(fill(help.guide.ownPolicy, { meets: da.pupils.meets.indskoling }))
  })

  test('without a name it says that the pupil may be blocked when a new password does not help', async () => {
    const { user } = await helpAt('/hjaelp/elev/adgangen-er-spaerret', help.guide.loginTitle)
    await user.click(button(help.guide.unilogin))
    await user.click(button(help.guide.didNotWork))
    expect(pageText()).toContain(help.fixes.unblock.title)
  })

  test('without signing in it asks how the pupil signs in, and says what to do', async () => {
    const { user } = await helpAt('/hjaelp/elev/forkert-adgangskode', help.guide.loginTitle)
    await user.click(button(help.guide.otherLogin))
    expect(pageText()).toContain(help.fixes.askLocalLogin.title)
    history.back()
    await until(() => heading(help.guide.loginTitle))
    await user.click(button(help.guide.unilogin))
    expect(pageText()).toContain(help.fixes.showUsername.title)
    expect(screen.queryByRole('button', { name: /Vis brugernavn/ })).toBeNull()
    expect(pageText()).toContain(help.guide.signInFirst)
  })

  test('names nobody in the address or the title, and hides the username when one leaves', async () => {
    const { user, pupil } = await start()
    await choose(user, 'Asta Holm', help.sights['brugernavn-ikke-fundet'])
    await user.click(button('Vis brugernavn for Asta Holm'))
    const { username } = pupil('Asta Holm')
    for (const place of [location.href, document.title, JSON.stringify(history.state)]) {
      expect(place).not.toContain(username)
      expect(place).not.toContain('Asta')
    }
    await user.click(screen.getByRole('link', { name: da.classes.myClasses }))
    await user.click(await until(() => link('2.A')))
    await until(() => row('Asta Holm'))
    expect(shownUsername('Asta Holm')).toBe('')
  })

  test('a user administrator reaches every pupil of the school, and is led to what is blocked', async () => {
    const { user, school } = await helpAt(`${BIRKESKOLEN}/hjaelp/forkert-adgangskode`, help.guide.whoTitle, {
      as: 'kent1904',
      session: withSecondFactor,
    })
    await user.type(screen.getByLabelText(help.guide.who), 'Bertram Lund')
    await user.click(await until(() => button(/^Bertram Lund/)))
    await user.click(await until(() => link(help.fixes.unblock.open)))
    expect(location.pathname).toBe(`${BIRKESKOLEN}/elever/${pupilNamed(school, 'Bertram Lund').id}`)
  })

  test('help leads a user administrator to the guide of the school', async () => {
    const { user } = await helpAt('/hjaelp', help.title, { as: 'kent1904', session: withSecondFactor })
    await user.type(field(), 'Bertram Lund')
    await user.click(await until(() => link('Hjælp Bertram Lund')))
    await until(() => heading(fill(help.guide.sightTitleFor, { name: 'Bertram Lund' })))
    expect(location.pathname).toBe(`${BIRKESKOLEN}/hjaelp`)
  })
})
