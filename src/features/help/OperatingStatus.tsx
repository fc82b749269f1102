import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/Notice'
import { settings } from './settings'

/** How often it is asked whether something is wrong. */
const ASK_EVERY_MS = 60_000

/** What a feed says in a language; null while all is well, and where it says nothing that can be read. */
async function ask(feed: string): Promise<Record<string, string>> {
  const answer = await fetch(feed)
  const told: unknown = answer.ok ? await answer.json() : null
  return typeof told === 'object' && told !== null
    ? Object.fromEntries(
        Object.entries(told).filter(([, words]) => typeof words === 'string' && words !== ''),
      )
    : {}
}

/** A bar that tells what is wrong with Unilogin right now, by the feed that the settings name; nothing otherwise. */
export function OperatingStatus({ feed = settings.statusFeed }: { feed?: string | null }) {
  const { t, i18n } = useTranslation('help')
  const { data } = useQuery({
    queryKey: ['operating status', feed],
    queryFn: () => ask(feed ?? ''),
    enabled: feed !== null,
    refetchInterval: ASK_EVERY_MS,
    retry: false,
  })
  const words = data?.[i18n.language] ?? data?.da
  return words ? (
    <Notice kind="warning" title={t('support.trouble')} headingLevel={2} live="polite">
      <p>{words}</p>
    </Notice>
  ) : null
}
