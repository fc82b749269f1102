import { z } from 'zod'
import { documentText, type Route } from '../contract'
import { jsonSchema, settling, strict } from './json-schema'

const settled = settling(JSON.parse(documentText))
const mediaSchema = z.object({ schema: jsonSchema })

/** Reading a schema takes longer than an answer may. */
const read = new Map<string, z.ZodType>()

function schemaOf(route: Route, status: number, media: string): z.ZodType {
  const name = `${route.name} ${status} ${media}`
  const known = read.get(name)
  if (known) return known
  const declared = route.operation.responses[String(status)]?.content?.[media]
  if (declared === undefined) throw new Error(`${name} is not declared`)
  const schema = z.fromJSONSchema(
    JSON.parse(JSON.stringify(strict(settled(mediaSchema.parse(declared).schema)))),
  )
  read.set(name, schema)
  return schema
}

interface Answer {
  status: number
  headers: Headers
  text: string
}

/** @throws where an answer is another than the API's description has it. */
export function expectAsDeclared(route: Route, { status, headers, text }: Answer): void {
  const said = headers.get('Content-Type')
  if (said === null) {
    if (text !== '' || route.operation.responses[String(status)]?.content) {
      throw new Error(`${route.name} ${status} has no type`)
    }
    return
  }
  const media = said.split(';')[0] ?? ''
  const isJson = media.endsWith('json')
  const found = schemaOf(route, status, media).safeParse(isJson ? JSON.parse(text) : text)
  if (!found.success) {
    throw new Error(`${route.name} ${status} is not as declared: ${z.prettifyError(found.error)}\n${text}`)
  }
}
