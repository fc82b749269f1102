import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { files, read } from './sources'

type Text = string | Texts | Text[]
type Texts = { [key: string]: Text }
const textSchema: z.ZodType<Text> = z.lazy(() => z.union([z.string(), textsSchema, z.array(textSchema)]))
const textsSchema: z.ZodType<Texts> = z.record(z.string(), textSchema)

const namespacesOf = (locale: string) =>
  files
    .filter((file) => file.startsWith(`locales/${locale}/`))
    .map((file) => file.slice(`locales/${locale}/`.length))
    .toSorted()

/** Every text of a namespace under its whole key. */
function flat(texts: Texts | Text[], prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  )
}

const textsOf = (locale: string, namespace: string) =>
  flat(textsSchema.parse(JSON.parse(read(`locales/${locale}/${namespace}`))))

/** What is filled in or wrapped: `{{name}}`, `<1>`, `$t(key)`. */
const placeholdersOf = (text: string) =>
  [...text.matchAll(/\{\{\s*([^}\s,]+)[^}]*\}\}|<\/?\s*[\w]+\s*\/?>|\$t\([^)]*\)/g)]
    .map(([whole, name]) => (name ? `{{${name}}}` : whole.replaceAll(' ', '')))
    .toSorted()

const danish = namespacesOf('da')

test('there are Danish and English texts, and no other language', () => {
  const locales = new Set(
    files.filter((file) => file.startsWith('locales/')).map((file) => file.split('/')[1]),
  )
  expect([...locales].toSorted()).toEqual(['da', 'en'])
  expect(danish.length).toBeGreaterThan(0)
})

test('both languages have the same namespaces', () => {
  expect(namespacesOf('en')).toEqual(danish)
})

describe.each(danish)('%s', (namespace) => {
  test('has the same keys in both languages', () => {
    expect([...textsOf('en', namespace).keys()].toSorted()).toEqual(
      [...textsOf('da', namespace).keys()].toSorted(),
    )
  })

  test('has the same placeholders in both languages', () => {
    const english = textsOf('en', namespace)
    const wrong = [...textsOf('da', namespace)].filter(
      ([key, text]) =>
        JSON.stringify(placeholdersOf(text)) !== JSON.stringify(placeholdersOf(english.get(key) ?? text)),
    )
    expect(wrong).toEqual([])
  })

  test.each(['da', 'en'])('%s: every text says something, without spaces around it', (locale) => {
    const wrong = [...textsOf(locale, namespace)].filter(([, text]) => text === '' || text.trim() !== text)
    expect(wrong).toEqual([])
  })

  test.each(['da', 'en'])('%s: has one and many of what is counted', (locale) => {
    const keys = [...textsOf(locale, namespace).keys()]
    const stems = (ending: string) =>
      keys.filter((key) => key.endsWith(ending)).map((key) => key.slice(0, -ending.length))
    expect(stems('_one')).toEqual(stems('_other'))
  })
})

test('the placeholders are read right', () => {
  expect(placeholdersOf('{{label}} for {{ name }}, {{count, number}} <1>nu</1> <br/> $t(close)')).toEqual([
    '$t(close)',
    '</1>',
    '<1>',
    '<br/>',
    '{{count}}',
    '{{label}}',
    '{{name}}',
  ])
  expect(placeholdersOf('1 < 2, {name} and { { x } }')).toEqual([])
})
