import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { Route } from './route.ts'
import { routes } from './routes.ts'

const all: [string, Route][] = Object.entries(routes)

test('each method and path is one route', () => {
  const places = all.map(([, { method, path }]) => `${method} ${path}`)
  assert.equal(new Set(places).size, places.length)
})

test('path parameters and their schema name the same things', () => {
  for (const [name, { path, params }] of all) {
    const named = [...path.matchAll(/:(\w+)/g)].map(([, word]) => word)
    const described = params instanceof z.ZodObject ? Object.keys(params.shape) : []
    assert.deepEqual(described, named, name)
  }
})

test('reading has no body, changing has no query, and only changes are idempotent by key', () => {
  for (const [name, route] of all) {
    if (route.method === 'GET') assert.equal(route.body, undefined, name)
    else assert.equal(route.query, undefined, name)
    if (route.idempotent) assert.equal(route.method, 'POST', name)
  }
})

test('every customer route that changes something needs a key', () => {
  for (const [name, { auth, method, idempotent }] of all) {
    if (auth === 'customer' && method === 'POST') assert.equal(idempotent, true, name)
  }
})

test('every schema can be written as JSON Schema, both ways', () => {
  for (const [name, { params, query, body, answer }] of all) {
    for (const schema of [params, query, body]) {
      if (schema !== undefined) assert.ok(z.toJSONSchema(schema, { io: 'input' }), name)
    }
    assert.ok(z.toJSONSchema(answer, { io: 'output' }), name)
  }
})

test('answers hold no defaults or transforms: what goes out is what was checked', () => {
  for (const [name, { answer }] of all) {
    const input = JSON.stringify(z.toJSONSchema(answer, { io: 'input' }))
    const output = JSON.stringify(z.toJSONSchema(answer, { io: 'output' }))
    // zod marks objects closed on the way out only; nothing else may differ.
    assert.equal(output.replaceAll(',"additionalProperties":false', ''), input, name)
  }
})
