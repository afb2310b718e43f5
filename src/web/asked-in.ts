/** One way to narrow a list: a choice of the form above it. */
export interface Filter<Name extends string = string> {
	readonly name: Name;
	readonly label: string;
	readonly options: readonly { readonly value: string; readonly label: string; readonly lang?: string }[];
}

export interface Asked<Choice extends string, Other extends string> {
	readonly asked: Readonly<Partial<Record<Choice | Other, string>>>;
	/** labels of the filters of which something is asked that they do not have */
	readonly notHere: readonly string[];
}

/**
 * What the address of a list asks for; an empty field of its form is as if it were not there. What a filter does not have (a theme that was
 * joined into another, a word somebody typed) is left out, so that nobody stands before an empty list, and named, so that the list can say so.
 */
export function askedIn<Choice extends string, Other extends string>(
	parameters: URLSearchParams,
	filters: readonly Filter<Choice>[],
	others: readonly Other[]
): Asked<Choice, Other> {
	const asked: Partial<Record<Choice | Other, string>> = {};
	const notHere: string[] = [];
	for (const name of others) {
		const value = valueOf(parameters, name);
		if (value !== '') asked[name] = value;
	}
	for (const { name, label, options } of filters) {
		const value = valueOf(parameters, name);
		if (options.some((option) => option.value === value)) asked[name] = value;
		else if (value !== '') notHere.push(label);
	}
	return { asked, notHere };
}

function valueOf(parameters: URLSearchParams, name: string): string {
	return parameters.get(name)?.slice(0, 300).replaceAll('\0', '') ?? '';
}
