import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { errorCodes, problems, routes, type Route } from '#contract'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask } from './http-client.ts'

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[]
  readonly requestBody?: object
  readonly security?: readonly object[]
  readonly responses: Readonly<Record<string, { description: string; content?: object }>>
}

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

let server: TestServer
let document: Document
before(async () => {
  server = await startTestServer({ simulators: false })
  document = (await ask(server, '/v1/openapi.json')).body as unknown as Document
})
after(async () => {
  await server.close()
})

const all: [string, Route][] = Object.entries(routes)

function operationOf(route: Route): Operation | undefined {
  const path = route.path.replace(/:(\w+)/g, '{$1}')
  return document.paths[path]?.[route.method.toLowerCase()]
}

test('it is OpenAPI 3.1 and lists every route of the contract and no other', () => {
  assert.match(document.openapi, /^3\.1\./)
  for (const [name, route] of all) assert.equal(operationOf(route)?.operationId, name)
  const listed = Object.values(document.paths).flatMap((path) => Object.keys(path))
  assert.equal(listed.length, all.length)
})

test('each operation tells its success, its refusals by code, its key and its session', () => {
  for (const [name, route] of all) {
    const { responses, parameters = [], requestBody, security } = operationOf(route) as Operation
    assert.ok(responses[String(route.status)], name)
    for (const code of route.errors) {
      const described = responses[String(problems[code].status)]?.description
      assert.ok(described?.includes(code), `${name}: ${code}`)
    }
    const key = parameters.find((parameter) => parameter.name === 'idempotency-key')
    assert.equal(key?.required ?? false, route.idempotent, name)
    assert.equal(requestBody !== undefined, route.body !== undefined, name)
    assert.equal(security !== undefined, route.auth !== 'none', name)
  }
})

test('every reference points at something', () => {
  const text = JSON.stringify(document)
  const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
  assert.ok(names.length > 50)
  for (const name of names) assert.ok(document.components.schemas[name ?? ''], name)
})

/** Codes that no route names as its own: refusals at the door, or for every route alike. */
const common = new Set([
  'request_malformed',
  'amount_malformed',
  'amount_too_precise',
  'amount_not_positive',
  'amount_out_of_range',
  'currency_not_supported',
  'idempotency_key_missing',
  'idempotency_key_malformed',
  'id_reused',
  'method_not_allowed',
  'body_too_large',
  'media_type_not_supported',
  'rate_limited',
  'not_found',
  'sign_in_required',
  'session_expired',
  'csrf_failed',
  'factor_enrolment_required',
  'partner_not_configured',
  'partner_unavailable',
  'partner_refused',
  'unavailable',
  'database_unavailable',
  'internal',
])

/** Codes that no route answers: what the books, the guard and the command line say. */
const inside = new Set([
  'account_not_found',
  'admins_exist',
  'account_closed',
  'hold_ended',
  'no_earning_units',
  'profile_not_found',
  'model_malformed',
  'model_unsupported',
  'model_not_found',
  'model_published',
  'model_not_published',
  'model_not_shadowed',
  'model_changed_meanwhile',
  'model_labels_missing',
  'model_not_learnt',
  'model_without_training',
  'model_window_empty',
])

test('every code is some route’s own, common to all, or known to stay inside', () => {
  const own = new Set(all.flatMap(([, { errors }]) => errors as readonly string[]))
  const homeless = errorCodes.filter(
    (code) => !own.has(code) && !common.has(code) && !inside.has(code),
  )
  assert.deepEqual(homeless, [])
})
