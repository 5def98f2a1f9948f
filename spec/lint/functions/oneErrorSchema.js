/**
 * Spectral function for the unresolved `responses` of an operation: everything that is not 2xx refers to the same schema.
 * @param {Record<string, { content?: Record<string, { schema?: { $ref?: string } }> }>} responses
 */
export default function oneErrorSchema(responses) {
  const refs = Object.entries(responses)
    .filter(([status]) => !status.startsWith("2"))
    .flatMap(([, response]) => Object.values(response.content ?? {}))
    .map((mediaType) => mediaType.schema?.$ref ?? "an inline schema");
  const names = [...new Set(refs)];
  return names.length > 1 ? [{ message: `found ${names.join(" and ")}` }] : [];
}
