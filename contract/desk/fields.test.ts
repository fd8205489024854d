import { describe, expect, it } from 'vitest'
import { type FieldValues, fieldNames, fillIn, firstNameOf, unknownFields } from './fields.ts'

const values = Object.fromEntries(fieldNames.map((n) => [n, `<${n}>`])) as FieldValues

describe('fields of canned replies', () => {
  it.each([
    ['Hello {{requester.firstName}}, {{ ticket.number }}', 'Hello <requester.firstName>, <ticket.number>'],
    ['{{ticket.number}}{{ticket.number}}', '<ticket.number><ticket.number>'],
    ['{{nothing}} {{}} { {ticket.number} }', '{{nothing}} {{}} { {ticket.number} }'],
    ['{{constructor}} {{__proto__}}', '{{constructor}} {{__proto__}}'],
  ])('%s', (given, expected) => expect(fillIn(given, values)).toBe(expected))

  it('a value that looks like a field, or like a pattern of replacing, stays what it is', () => {
    const evil = { ...values, 'ticket.title': '{{me.name}} $& $1 $$' }
    expect(fillIn('About {{ticket.title}}', evil)).toBe('About {{me.name}} $& $1 $$')
  })

  it('names those that do not exist, once each', () =>
    expect(unknownFields('{{ticket.numbr}} {{me.name}} {{ticket.numbr}} {{}}')).toEqual(['ticket.numbr', '']))

  it('is linear in the text: braces without end', () => {
    const long = '{{'.repeat(10_000)
    expect(fillIn(long, values)).toBe(long)
  })

  it.each([
    ['Priya N.', 'Priya'],
    ['L. Brandt', 'L. Brandt'],
    ['M Laurent', 'M Laurent'],
    ['Zoë', 'Zoë'],
    ['', ''],
  ])('the first name of %s is %s', (name, expected) => expect(firstNameOf(name)).toBe(expected))
})
