import fc from 'fast-check'
import { STAFF_PASSWORD } from '../../../mocks/people'
import type { JsonSchema } from './json-schema'

/** Stands in a generated request for the code that is on the phone when it is sent. */
export const CODE_ON_PHONE = 'the code on the phone'

/** Real ids of the demo schools, among them what nobody has. */
export interface Known {
  pupilIds: readonly string[]
  requestIds: readonly string[]
  usernames: readonly string[]
  pupilPasswords: readonly string[]
}

/** What breaks programs: other types, the edges of numbers and texts, names that JavaScript has itself. */
const weird: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    '',
    ' ',
    '\0',
    'a\0b',
    '\uD800',
    '\uFFFF',
    '\u202Enedab',
    '🧑‍🏫',
    '../../etc/passwd',
    "'; drop table pupils; --",
    '$1',
    '%00',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'NaN',
    '-0',
    '9'.repeat(40),
    'x'.repeat(5000),
    [],
    {},
    [[]],
    { __proto__: null, toString: 1 },
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Fields that a sender may not decide: they change nothing. */
const extraFields = fc.constantFrom(
  {},
  { role: 'userAdministrator' },
  { institutionId: 'birkeskolen', can: { block: true } },
  { constructor: 1, staffId: 's-kent' },
)

const dates = fc.constantFrom(
  '2026-11-20',
  '2026-03-29',
  '2026-10-25',
  '2026-02-30',
  '0000-01-01',
  '9999-12-31',
)
const moments = fc.constantFrom(
  '2026-11-20T09:00:00Z',
  '2027-11-20T09:00:00.123Z',
  '2020-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
)

/** How often a value is another than the schema has it. */
const SPOILT = { valid: 60, weird: 1 }

/** Values by a schema, some spoilt; what has a name that is known is mostly one that is in the school. */
export function valuesOf(known: Known) {
  const named: Record<string, fc.Arbitrary<string>> = {
    pupilIds: fc.constantFrom(...known.pupilIds),
    pupilId: fc.constantFrom(...known.pupilIds),
    by: fc.constantFrom('s-lone', 's-kent', ...known.pupilIds),
    requestIds: fc.constantFrom(...known.requestIds),
    id: fc.constantFrom(...known.requestIds),
    classId: fc.constantFrom(
      'birkeskolen-2a',
      'birkeskolen-4b',
      'birkeskolen-8a',
      'soendervang-2a',
      'nowhere',
    ),
    institutionId: fc.constantFrom('birkeskolen', 'birkeskolen', 'birkeskolen', 'soendervang', 'nowhere'),
    username: fc.constantFrom(...known.usernames),
    password: fc.constantFrom(
      STAFF_PASSWORD,
      STAFF_PASSWORD,
      ...known.pupilPasswords,
      'Blommetræ-løber-42',
      'sommer',
    ),
    code: fc.constantFrom(CODE_ON_PHONE, CODE_ON_PHONE, '000000'),
    changedSince: fc.constantFrom('0', '1', '999999999999999', '1795161600000'),
    after: fc.constantFrom('0', '1', '1795161600000', '-1', 'x'),
  }

  /** @param name the field it is for */
  function valid(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
    const options = schema.oneOf ?? schema.anyOf
    if (options) return fc.oneof(...options.map((option) => anyValueOf(option, name)))
    if (schema.enum) return fc.constantFrom(...schema.enum)
    const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
    return fc.oneof(...types.map((type) => ofType(type, schema, name)))
  }

  function ofType(type: string, schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
    switch (type) {
      case 'null':
        return fc.constant(null)
      case 'boolean':
        return fc.boolean()
      case 'integer':
      case 'number':
        return fc.integer()
      case 'string':
        return textOf(schema, name)
      case 'array':
        return fc.array(anyValueOf(schema.items ?? {}, name), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 6, 6),
        })
      case 'object':
        return objectOf(schema)
      default:
        throw new Error(`no values of the type ${type}`)
    }
  }

  function textOf({ pattern, format, minLength = 0, maxLength = 60 }: JsonSchema, name: string) {
    const known = named[name]
    if (known) return known
    if (format === 'date') return dates
    if (format === 'date-time') return moments
    if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
    // What is one sign to a reader may be several to a computer.
    return fc.string({
      unit: 'grapheme',
      minLength,
      maxLength: Math.max(minLength, Math.floor(maxLength / 10)),
    })
  }

  function objectOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
    const fields = Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, anyValueOf(each, name)]),
    )
    return fc.oneof(
      { weight: 25, arbitrary: fc.record(fields) },
      { weight: 8, arbitrary: fc.record(fields, { requiredKeys: required }) },
      { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
      {
        weight: 2,
        arbitrary: fc.tuple(fc.record(fields), extraFields).map(([each, extra]) => ({ ...each, ...extra })),
      },
    )
  }

  function anyValueOf(schema: JsonSchema, name = ''): fc.Arbitrary<unknown> {
    return fc.oneof(
      { weight: SPOILT.valid, arbitrary: valid(schema, name) },
      { weight: SPOILT.weird, arbitrary: weird },
    )
  }
  return anyValueOf
}
