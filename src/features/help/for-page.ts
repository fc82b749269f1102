import type { AnswerId } from './answers'

/** The answers that people most often look for on a page, by the beginning of its address; the first that fits. */
const pages: readonly (readonly [RegExp, readonly AnswerId[]])[] = [
  [/^\/klasser\//, ['giv-ny-adgangskode', 'vis-brugernavn', 'to-faktor-adgang', 'mangler-en-elev']],
  [/^\/mine-klasser/, ['godkend-en-elev', 'hvilke-elever', 'ingen-elever']],
  [/^\/skoler\/[^/]+\/elever\//, ['adgangskodepolitik', 'spaer-adgang', 'giv-ny-adgangskode']],
  [/(^|\/)aktivitet/, ['hvad-er-elevadgang', 'brugeradministratorens-opgaver']],
  [/^\/skoler/, ['brugeradministratorens-opgaver', 'adgangskodepolitik', 'spaer-adgang', 'mangler-en-elev']],
  [
    /^\/log-paa\/brugeradministrator/,
    ['log-paa-som-brugeradministrator', 'to-faktor-for-ansatte', 'mistet-telefon'],
  ],
  [/^\/log-paa/, ['log-paa', 'din-egen-adgangskode', 'tjek-adressen']],
  [/^\/$/, ['hvad-er-elevadgang', 'hvem-har-adgang', 'log-paa']],
]

/** What to offer first to whoever comes from this page; nothing where no page is known. */
export const answersFor = (pathname: string | null): readonly AnswerId[] =>
  (pathname !== null && pages.find(([pattern]) => pattern.test(pathname))?.[1]) || []
