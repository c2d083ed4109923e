import * as z from 'zod'
import type { IndexPath } from './finding.ts'

/** @returns the field names that the schema knows at this place; none where it is not an object. */
export function keysAt(schema: z.ZodType, path: IndexPath): readonly string[] {
  const places = path.reduce<readonly z.core.$ZodType[]>(
    (schemas, key) => schemas.flatMap((each) => inside(each, key)),
    alternativesOf(schema),
  )
  return [
    ...new Set(places.flatMap((place) => (place instanceof z.ZodObject ? Object.keys(place.shape) : []))),
  ]
}

function inside(schema: z.core.$ZodType, key: PropertyKey): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodArray && typeof key === 'number') return alternativesOf(schema.element)
  if (!(schema instanceof z.ZodObject) || typeof key !== 'string') return []
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape
  const child = Object.hasOwn(shape, key) ? shape[key] : undefined
  return child ? alternativesOf(child) : []
}

/** Looks through optional, default and nullable wrappers and opens unions. */
function alternativesOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return alternativesOf(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternativesOf)
  return [schema]
}
