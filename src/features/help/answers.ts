/** What every answer is about and where it comes from; its words are in locales/<language>/help/<name>.json. */

/** Each answer's name is its place in the address: /hjaelp/<name>. */
export const answerIds = [
  'brugernavn-ikke-fundet',
  'forkert-adgangskode',
  'fire-billeder-virker-ikke',
  'skal-bruge-to-faktor',
  'tiden-loeb-ud',
  'skal-skifte-adgangskode',
  'adgangskoden-bliver-afvist',
  'adgangen-er-spaerret',
  'ikke-tilknyttet',
  'ingen-aktoerer',
  'identity-provider',
  'ingen-adgang-til-indhold',
  'giv-ny-adgangskode',
  'hvor-tit-skiftes',
  'ny-brugers-adgangskode',
  'adgangskodepolitik',
  'vis-brugernavn',
  'to-faktor-adgang',
  'godkend-en-elev',
  'hvad-er-elevadgang',
  'hvem-har-adgang',
  'hvilke-elever',
  'ingen-elever',
  'mangler-en-elev',
  'lokal-loginloesning',
  'log-paa-lokalt',
  'log-paa',
  'saadan-logger-man-paa',
  'tjek-adressen',
  'to-faktor-for-ansatte',
  'flere-metoder',
  'mistet-telefon',
  'browseren-driller',
  'din-egen-adgangskode',
  'bliv-brugeradministrator',
  'log-paa-som-brugeradministrator',
  'brugeradministratorens-opgaver',
  'ba-emu-dk',
  'hjaelp-en-kollega',
  'medarbejder-uden-mitid',
  'spaer-adgang',
  'elev-kan-ikke-logge-paa',
  'foraeldre',
  'foraeldre-uden-mitid',
  'kontakt-support',
] as const
export type AnswerId = (typeof answerIds)[number]

/** Under which heading an answer stands in the overview, in this order. */
export const topics = [
  'messages',
  'passwords',
  'stepUp',
  'pupils',
  'signIn',
  'administrator',
  'home',
] as const
export type Topic = (typeof topics)[number]

/** Whom an answer is for; the overview shows one of them at a time, or all. */
export const roles = ['teacher', 'administrator'] as const
export type Role = (typeof roles)[number]

/** The documents that the facts are taken from, named in locales; `own`: how this tool itself works. */
export const sources = ['000', '001', '003', '004', 'own'] as const
export type Source = (typeof sources)[number]

/** What is drawn beside an answer, of what the person sees. */
export type Picture = 'username' | 'password' | 'pictures' | 'error' | 'locked' | 'waiting' | 'address'

export interface AnswerFacts {
  topic: Topic
  for: readonly Role[]
  sources: readonly Source[]
  /** When somebody last held it against its sources (ISO date). */
  checked: string
  see: readonly AnswerId[]
  picture?: Picture
}

const both: readonly Role[] = ['teacher', 'administrator']
const administrator: readonly Role[] = ['administrator']
const CHECKED = '2026-11-20'

const about = (
  topic: Topic,
  forWhom: readonly Role[],
  from: readonly Source[],
  see: readonly AnswerId[],
  picture?: Picture,
): AnswerFacts => ({
  topic,
  for: forWhom,
  sources: from,
  checked: CHECKED,
  see,
  ...(picture && { picture }),
})

export const answers: Readonly<Record<AnswerId, AnswerFacts>> = {
  'brugernavn-ikke-fundet': about(
    'messages',
    both,
    ['004'],
    ['vis-brugernavn', 'lokal-loginloesning'],
    'username',
  ),
  'forkert-adgangskode': about(
    'messages',
    both,
    ['004', 'own'],
    ['giv-ny-adgangskode', 'vis-brugernavn'],
    'password',
  ),
  'fire-billeder-virker-ikke': about(
    'messages',
    both,
    ['004', 'own'],
    ['giv-ny-adgangskode', 'adgangskodepolitik'],
    'pictures',
  ),
  'skal-bruge-to-faktor': about(
    'messages',
    both,
    ['004'],
    ['godkend-en-elev', 'to-faktor-adgang'],
    'waiting',
  ),
  'tiden-loeb-ud': about('messages', both, ['004'], ['giv-ny-adgangskode'], 'password'),
  'skal-skifte-adgangskode': about('messages', both, ['004'], ['hvor-tit-skiftes', 'adgangskodepolitik']),
  'adgangskoden-bliver-afvist': about('messages', both, ['004', 'own'], ['adgangskodepolitik']),
  'adgangen-er-spaerret': about('messages', both, ['004', 'own'], ['spaer-adgang', 'lokal-loginloesning']),
  'ikke-tilknyttet': about('messages', both, ['004'], ['mangler-en-elev', 'din-egen-adgangskode'], 'error'),
  'ingen-aktoerer': about('messages', both, ['004'], ['mangler-en-elev', 'kontakt-support'], 'error'),
  'identity-provider': about('messages', both, ['004'], ['lokal-loginloesning', 'log-paa-lokalt'], 'error'),
  'ingen-adgang-til-indhold': about(
    'messages',
    both,
    ['004'],
    ['to-faktor-adgang', 'kontakt-support'],
    'locked',
  ),
  'giv-ny-adgangskode': about('passwords', both, ['004'], ['tiden-loeb-ud', 'adgangskodepolitik']),
  'hvor-tit-skiftes': about('passwords', both, ['004', '001'], ['skal-skifte-adgangskode']),
  'ny-brugers-adgangskode': about(
    'passwords',
    both,
    ['004'],
    ['giv-ny-adgangskode', 'medarbejder-uden-mitid'],
  ),
  adgangskodepolitik: about('passwords', both, ['004'], ['hvor-tit-skiftes', 'adgangskoden-bliver-afvist']),
  'vis-brugernavn': about('pupils', both, ['004', 'own'], ['brugernavn-ikke-fundet']),
  'to-faktor-adgang': about('stepUp', both, ['004'], ['godkend-en-elev', 'skal-bruge-to-faktor']),
  'godkend-en-elev': about('stepUp', both, ['004', 'own'], ['to-faktor-adgang'], 'waiting'),
  'hvad-er-elevadgang': about('pupils', both, ['004'], ['hvilke-elever', 'brugeradministratorens-opgaver']),
  'hvem-har-adgang': about('pupils', both, ['004'], ['ingen-elever', 'bliv-brugeradministrator']),
  'hvilke-elever': about('pupils', both, ['004'], ['ingen-elever', 'mangler-en-elev']),
  'ingen-elever': about('pupils', both, ['004'], ['hvem-har-adgang', 'mangler-en-elev']),
  'mangler-en-elev': about('pupils', both, ['004'], ['ingen-elever', 'hvilke-elever']),
  'lokal-loginloesning': about('signIn', both, ['004'], ['log-paa-lokalt', 'identity-provider'], 'address'),
  'log-paa-lokalt': about('signIn', both, ['004'], ['lokal-loginloesning']),
  'log-paa': about(
    'signIn',
    both,
    ['004', '000'],
    [
      'brugernavn-ikke-fundet',
      'ikke-tilknyttet',
      'ingen-aktoerer',
      'identity-provider',
      'ingen-adgang-til-indhold',
      'din-egen-adgangskode',
      'browseren-driller',
    ],
  ),
  'saadan-logger-man-paa': about('signIn', both, ['004'], ['tjek-adressen', 'log-paa'], 'username'),
  'tjek-adressen': about('signIn', both, ['003', '004'], ['lokal-loginloesning'], 'address'),
  'to-faktor-for-ansatte': about('signIn', both, ['000', '001', 'own'], ['flere-metoder', 'mistet-telefon']),
  'flere-metoder': about('signIn', both, ['003'], ['mistet-telefon', 'to-faktor-for-ansatte']),
  'mistet-telefon': about('signIn', both, ['003', '000'], ['flere-metoder', 'kontakt-support']),
  'browseren-driller': about('signIn', both, ['000'], ['tjek-adressen', 'log-paa']),
  'din-egen-adgangskode': about(
    'signIn',
    both,
    ['004', '001'],
    ['medarbejder-uden-mitid', 'hvor-tit-skiftes'],
  ),
  'bliv-brugeradministrator': about('administrator', both, ['004'], ['brugeradministratorens-opgaver']),
  'log-paa-som-brugeradministrator': about(
    'administrator',
    administrator,
    ['004', 'own'],
    ['to-faktor-for-ansatte', 'bliv-brugeradministrator'],
  ),
  'brugeradministratorens-opgaver': about(
    'administrator',
    administrator,
    ['004'],
    ['adgangskodepolitik', 'spaer-adgang'],
  ),
  'ba-emu-dk': about('administrator', administrator, ['004'], ['brugeradministratorens-opgaver']),
  'hjaelp-en-kollega': about(
    'administrator',
    administrator,
    ['004'],
    ['medarbejder-uden-mitid', 'din-egen-adgangskode'],
  ),
  'medarbejder-uden-mitid': about('administrator', both, ['004'], ['hjaelp-en-kollega', 'kontakt-support']),
  'spaer-adgang': about('administrator', administrator, ['004', 'own'], ['adgangen-er-spaerret']),
  'elev-kan-ikke-logge-paa': about('home', both, ['004'], ['giv-ny-adgangskode']),
  foraeldre: about('home', both, ['004'], ['foraeldre-uden-mitid']),
  'foraeldre-uden-mitid': about('home', both, ['004'], ['foraeldre', 'giv-ny-adgangskode']),
  'kontakt-support': about('home', both, ['004'], ['medarbejder-uden-mitid', 'log-paa']),
}

const known: ReadonlySet<string> = new Set(answerIds)
export const isAnswerId = (name: string): name is AnswerId => known.has(name)
