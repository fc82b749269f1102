import fc from 'fast-check'
import { z } from 'zod'
import { SCHOOL_HEADER, SESSION_REF_HEADER } from '../../../server/session/caller'
import { documentText, type Route } from '../contract'
import { type JsonSchema, jsonSchema, settling } from './json-schema'
import { type Known, valuesOf } from './values'

/** A request to be sent; the ids in it are those of the demo schools, whichever of them somebody may reach. */
export interface Asked {
  route: Route
  /** `POST /api/pupils/step-ups?…`, with the places in the path filled in. */
  line: string
  headers: Record<string, string>
  /** The Idempotency-Key; undefined for a new one, null for none. */
  key: string | null | undefined
  body: unknown
  raw: string | Uint8Array<ArrayBuffer> | undefined
}

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  schema: jsonSchema,
})
const parametersSchema = z.array(parameterSchema)
const bodySchema = z.object({ content: z.object({ 'application/json': z.object({ schema: jsonSchema }) }) })

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** A half of a sign cannot stand in an address: it is sent as what stands for it. */
const escaped = (value: unknown) => encodeURIComponent(text(value).replace(/\p{Surrogate}/gu, '\uFFFD'))

/** Keys that are sent again, by the same person or another, with the same request or another. */
const KEYS = ['again-and-again', 'again-and-again-2', 'again-and-again-3']

const keys = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(null, '', 'short', 'x'.repeat(65), 'with spaces', '../../..') },
)

/** Whose page asks, and from where: mostly nothing is said. */
const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 30, arbitrary: fc.constant({}) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('birkeskolen', 'soendervang', 'nowhere', '../..', 'x'.repeat(500))
      .map((school) => ({ [SCHOOL_HEADER]: school })),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { [SESSION_REF_HEADER]: 'another-session' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-origin' },
      { Origin: 'null' },
      { Origin: 'https://evil.test' },
      { 'Content-Type': 'text/plain' },
      { 'Content-Type': 'application/json; charset=latin1' },
      { 'Last-Event-ID': 'x' },
      { Cookie: 'session=; session=%; pupil-session=x' },
      { Accept: 'application/xml', 'Accept-Language': '*' },
    ),
  },
)

const deep = '['.repeat(20_000) + ']'.repeat(20_000)

/** Bodies that are no JSON, or hardly. */
const rawBodies: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '{"pupilIds":["p-1"',
    'null',
    '"text"',
    '[]',
    '{"pupilIds":["a"],"pupilIds":{}}',
    '{"__proto__":{"role":"userAdministrator"},"pupilIds":["p-1"]}',
    '\uFEFF{}',
    deep,
    `{"pupilIds":[${Array(2001).fill('"p-1"').join(',')}]}`,
    `"${'x'.repeat(128 * 1024)}"`,
  ),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
)

/** Requests to one route. */
export function requestsTo(route: Route, known: Known): fc.Arbitrary<Asked> {
  const settled = settling(JSON.parse(documentText))
  const anyValueOf = valuesOf(known)
  const parameters = parametersSchema.parse(route.operation.parameters)
  const declared = bodySchema.safeParse(route.operation.requestBody).data?.content['application/json'].schema
  const valuesIn = (place: 'path' | 'query', requiredKeys: 'all' | []) => {
    const fields = Object.fromEntries(
      parameters
        .filter((each) => each.in === place)
        .map(({ name, schema }) => [name, anyValueOf(settled(schema), name)]),
    )
    return requiredKeys === 'all' ? fc.record(fields) : fc.record(fields, { requiredKeys })
  }
  const bodyOf = (schema: JsonSchema | undefined) =>
    schema === undefined
      ? fc.constant({ body: undefined, raw: undefined })
      : fc.oneof(
          { weight: 20, arbitrary: anyValueOf(settled(schema)).map((body) => ({ body, raw: undefined })) },
          { weight: 1, arbitrary: rawBodies.map((raw) => ({ body: undefined, raw })) },
        )
  return fc
    .record({
      inPath: valuesIn('path', 'all'),
      inQuery: valuesIn('query', []),
      headers,
      key: keys,
      sent: bodyOf(declared),
    })
    .map(({ inPath, inQuery, sent, ...rest }) => {
      const path = Object.entries(inPath).reduce(
        (filled, [name, value]) => filled.replace(`{${name}}`, () => escaped(value) || '-'),
        route.path,
      )
      const query = Object.entries(inQuery).map(([name, value]) => `${name}=${escaped(value)}`)
      const line = `${route.method} ${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
      return { route, line, ...rest, ...sent }
    })
}
