// Every message is used, every message that is named exists, and every refusal has its sentence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, report } from './reporting.ts';
import { messagesOf } from './messages.ts';

export function problems(folder: string): string[] {
	const keys = new Set(Object.keys(messagesOf(folder, 'en')));
	const areas = new Set([...keys].map((key) => key.split('.')[0]!));
	const used = new Set<string>();
	const unknown: string[] = [];
	const files = filesBelow(join(folder, 'src'), ['.ts', '.svelte']).filter(({ path }) => !path.endsWith('.test.ts'));
	// jobs are named like messages ("mail.deliver"): their list knows them
	const jobs = new Set(
		[...(files.find(({ path }) => path === 'cli/tasks.ts')?.text ?? '').matchAll(/'([a-z.-]+)':/g)].map((job) => job[1])
	);
	for (const { path, text: whole } of files) {
		const text = whole.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
		for (const [, name] of text.matchAll(/['"`]([a-z][a-z-]*(?:\.[a-z0-9-]+)+)['"`]/g)) {
			if (keys.has(name!)) used.add(name!);
			else if (areas.has(name!.split('.')[0]!) && !isFileName(name!) && !jobs.has(name))
				unknown.push(`src/${path} names ${name}, which is no message`);
		}
		for (const [, template] of text.matchAll(/`([a-z][a-z-]*\.[^`\n]*\$\{[^`\n]*)`/g)) {
			if (!areas.has(template!.split('.')[0]!)) continue;
			const pattern = new RegExp(`^${template!.replace(/[.]/g, '\\.').replace(/\$\{.*?\}(?=[^}]|$)/g, '[a-z0-9.-]+')}$`);
			const meant = [...keys].filter((key) => pattern.test(key));
			for (const key of meant) used.add(key);
			if (meant.length === 0) unknown.push(`src/${path} puts together ${template}, which leads to no message`);
		}
	}
	const refusals = readFileSync(join(folder, 'src/refusals/refusals.ts'), 'utf8');
	const codes = [...refusals.matchAll(/^\t'?([a-z-]+)'?: \d{3}/gm)].map((found) => `refusals.${found[1]}`);
	for (const code of codes) used.add(code);
	return [
		...unknown,
		...codes.filter((code) => !keys.has(code)).map((code) => `${code} has no sentence`),
		...[...keys].filter((key) => !used.has(key)).map((key) => `${key} is used nowhere`)
	];
}

function isFileName(name: string): boolean {
	return /\.(ts|js|json|css|svelte|html|sql|txt|csv|svg|png)$/.test(name);
}

report(import.meta.url, problems);
