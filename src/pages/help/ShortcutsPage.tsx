import { useTranslation } from 'react-i18next'
import { HelpHeading } from './HelpHeading'

/** Every shortcut there is, the most useful first: its key, where that has a name in words, and what it does. */
const shortcuts = [
  { does: 'search', sign: '/' },
  { does: 'help', sign: '?' },
  { does: 'rows', key: 'arrows' },
  { does: 'tick', key: 'space' },
  { does: 'range', key: 'shiftClick' },
  { does: 'choose', key: 'enter' },
  { does: 'close', key: 'esc' },
  { does: 'skip', key: 'tab' },
] as const

/** The keys that save the way to the mouse. */
export function ShortcutsPage() {
  const { t } = useTranslation('help')
  return (
    <>
      <HelpHeading title={t('shortcuts.title')} />
      <p className="lead">{t('shortcuts.lead')}</p>
      <table className="help-shortcuts">
        <thead>
          <tr>
            <th scope="col">{t('shortcuts.key')}</th>
            <th scope="col">{t('shortcuts.does')}</th>
          </tr>
        </thead>
        <tbody>
          {shortcuts.map((shortcut) => (
            <tr key={shortcut.does}>
              <th scope="row">
                <kbd>{'sign' in shortcut ? shortcut.sign : t(`shortcuts.keys.${shortcut.key}`)}</kbd>
              </th>
              <td>{t(`shortcuts.list.${shortcut.does}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
