// The part of an OpenAPI document that a page needs to show operations and to try them.

export interface Operation {
	readonly method: string;
	readonly path: string;
	readonly summary: string;
	readonly description: string;
	readonly parameters: readonly Parameter[];
	/** an example of the body; null where there is none */
	readonly body: string | null;
	/** it answers without end, which no form waits for */
	readonly isStream: boolean;
	/** what a token must be allowed; '' where a visitor's will do; null where none is needed */
	readonly needs: string | null;
}

export interface Parameter {
	readonly name: string;
	readonly place: 'path' | 'query' | 'header';
	readonly isNeeded: boolean;
	readonly example: string;
	readonly description: string;
}

interface Schema {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly example?: unknown;
	readonly enum?: readonly unknown[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
}

interface Described {
	readonly summary?: string;
	readonly description?: string;
	readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
	readonly parameters?: readonly {
		readonly name: string;
		readonly in: string;
		readonly required?: boolean;
		readonly description?: string;
		readonly example?: unknown;
		readonly schema?: Schema & { readonly description?: string };
	}[];
	readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
	readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

export interface ApiDocument {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
	readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export function operationsOf(document: ApiDocument): Operation[] {
	return Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, one]) => {
			const schema = one.requestBody?.content?.['application/json']?.schema;
			return {
				method: method.toUpperCase(),
				path,
				summary: one.summary ?? '',
				description: one.description ?? '',
				parameters: (one.parameters ?? []).flatMap((given) => {
					if (given.in !== 'path' && given.in !== 'query' && given.in !== 'header') return [];
					const example = given.example ?? given.schema?.example ?? '';
					return [
						{
							name: given.name,
							place: given.in,
							isNeeded: given.required ?? false,
							example: isPlain(example) ? String(example) : '',
							description: given.description ?? given.schema?.description ?? ''
						}
					];
				}),
				body: schema ? JSON.stringify(exampleOf(schema, document), null, 2) : null,
				isStream: one.responses?.['200']?.content?.['text/event-stream'] !== undefined,
				needs: one.security ? (one.security.flatMap((way) => Object.values(way).flat())[0] ?? '') : null
			};
		})
	);
}

/** The address of an operation with what was typed; what is empty is left out of the query. */
export function addressOf({ path, parameters }: Operation, typed: Readonly<Record<string, string>>): string {
	const query = new URLSearchParams();
	let address = path;
	for (const { name, place } of parameters) {
		const value = typed[name] ?? '';
		if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value));
		if (place === 'query' && value !== '') query.set(name, value);
	}
	return address + (query.size > 0 ? `?${query.toString()}` : '');
}

function exampleOf(schema: Schema, document: ApiDocument): unknown {
	if (schema.$ref) {
		const named = document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
		return named ? exampleOf(named, document) : null;
	}
	if (schema.example !== undefined) return schema.example;
	if (schema.enum) return schema.enum[0];
	if (schema.properties) {
		const needed = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name));
		return Object.fromEntries(needed.map(([name, own]) => [name, exampleOf(own, document)]));
	}
	return [schema.type].flat()[0] === 'string' ? '' : 1;
}

function isPlain(value: unknown): value is string | number | boolean {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
