import type da from '../../locales/da/takeAway.json'
import type { Language } from './language'
import type { TextSource } from './start'

/** The texts of files and paper, fetched where somebody wants some. Danish is the master and types the keys. */
export interface TakeAwayTexts {
  takeAway: typeof da
}

const load = async (language: Language): Promise<TakeAwayTexts> => ({
  takeAway: (
    await (language === 'da'
      ? import('../../locales/da/takeAway.json')
      : import('../../locales/en/takeAway.json'))
  ).default,
})

export const takeAwayTexts: TextSource = { namespace: 'takeAway', load }
