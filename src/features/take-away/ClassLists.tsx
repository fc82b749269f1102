import { useTranslation } from 'react-i18next'
import type { ListedPupil } from '../../../server/take-away/schema'
import { serverNow } from '../../api/server-clock'
import { useFormat } from '../../i18n/format'
import { groupsOf } from './groups'

/** Empty columns to tick off in: who has been, who has paid, who has handed in. */
const BOXES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']

interface ClassListsProps {
  pupils: readonly ListedPupil[]
  title?: string | undefined
}

/** Names only, each class on a sheet of its own. */
export function ClassLists({ pupils, title }: ClassListsProps) {
  const { t } = useTranslation('takeAway')
  const format = useFormat()
  const date = format.date(new Date(serverNow()).toISOString())
  return groupsOf(pupils, title).map((group) => {
    const heading = group.title ?? t('slip.noClass')
    // A group takes in pupils of several classes.
    const showsClass = group.rows.some(({ className }) => className !== group.title)
    return (
      <section key={`${group.schoolName} ${heading}`} className="class-list">
        <h1>{t('slip.classAndSchool', { className: heading, schoolName: group.schoolName })}</h1>
        <p>{t('list.printed', { count: group.rows.length, date })}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('list.number')}</th>
              <th scope="col">{t('list.name')}</th>
              {showsClass && <th scope="col">{t('list.className')}</th>}
              {BOXES.map((box) => (
                <td key={box} className="class-list-box" />
              ))}
            </tr>
          </thead>
          <tbody>
            {group.rows.map(({ name, className }, place) => (
              // Two pupils of a class may share their name.
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is printed once and never changes
              <tr key={place}>
                <td>{place + 1}</td>
                <th scope="row">{name}</th>
                {showsClass && <td>{className}</td>}
                {BOXES.map((box) => (
                  <td key={box} className="class-list-box" />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    )
  })
}
