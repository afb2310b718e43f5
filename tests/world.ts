import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '#database/project.server.ts';
import { keyFor } from '#database/secret.server.ts';
import { signedLinks } from '#people/sign-in/signed-links.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { staff } from '../examples/institution.ts';
import { loadExamples } from '../examples/loading.server.ts';
import { aProduct, secretOfTests, type Product, type ProductWishes } from './product.ts';

/** The product with the example world in it: what `npm run demo` shows. Loaded once for all test files, then copied. */
export async function theExampleWorld(wishes: ProductWishes = {}): Promise<Product> {
	const name = digestOfWorld();
	const folder = join(tmpdir(), `open-talks-world-${userInfo().uid}-${name}`);
	return aProduct({
		...wishes,
		world: {
			name,
			async make(database) {
				mkdirSync(folder, { recursive: true, mode: 0o700 });
				await loadExamples({ database, keys: topicKeys({ folder, secret: secretOfTests }) });
			}
		},
		async prepare(database, settings) {
			if (existsSync(join(folder, 'keys'))) cpSync(join(folder, 'keys'), join(settings.data, 'keys'), { recursive: true });
			await wishes.prepare?.(database, settings);
		}
	});
}

export type StaffRole = (typeof staff)[number]['role'];

/** The Cookie header of a browser in which this role of the example world is signed in, second factor included. */
export async function signedInAs({ address }: Product, role: StaffRole): Promise<string> {
	const { email } = staff.find((person) => person.role === role)!;
	const token = signedLinks(keyFor(secretOfTests, 'signed-links')).token('demo', email, new Date(Date.now() + 600_000));
	const answer = await fetch(`${address}/sign-in/demo?token=${token}`, { redirect: 'manual' });
	if (answer.status !== 303) throw new Error(`signing in as ${role} was answered with ${answer.status}: ${await answer.text()}`);
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

// the world is made anew when anything that makes it has changed
function digestOfWorld(): string {
	const digest = createHash('sha256');
	const files = globSync(['examples/**/*', 'src/**/*.ts', 'src/database/migrations/*.sql'], {
		cwd: projectFolder,
		withFileTypes: true
	});
	for (const file of files
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort()) {
		if (file.endsWith('.test.ts') || file.includes('/routes/')) continue;
		digest.update(file).update(readFileSync(file));
	}
	return digest.digest('hex').slice(0, 16);
}
