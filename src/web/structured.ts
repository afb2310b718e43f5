/** Facts of a page for search engines, as the JSON of the block of data that stands in its head. */
export function structuredData(facts: Readonly<Record<string, unknown>>): string {
	const json = JSON.stringify({ '@context': 'https://schema.org', ...facts });
	// nothing in it ends the block, begins a comment or is markup; in JSON these escapes are the same characters
	return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
