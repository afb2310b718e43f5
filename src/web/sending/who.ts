/** What a person says of themselves beside a text, to tell whether they changed it: a form that was made earlier must not bring back what held then. */
export function whoAsText({
	groups,
	organisation
}: {
	readonly groups: readonly string[];
	readonly organisation: string;
}): string {
	return JSON.stringify([[...groups].sort(), organisation.trim()]);
}
