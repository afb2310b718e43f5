import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/**
 * A browser that npm brought, or that of CHROMIUM_PATH. The package's own flags switch the web's security off (no Origin in requests, no
 * site isolation), so we give ours.
 */
export async function launchChromium(): Promise<Browser> {
	const folder = await unpacked();
	return chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? join(folder, 'chromium'),
		args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--font-render-hinting=none', '--disable-dev-shm-usage'],
		env: { ...process.env, FONTCONFIG_FILE: await fonts(folder), HOME: folder }
	});
}

const require = createRequire(import.meta.url);

/** One folder for each version and user, made whole or not at all: several test files may unpack at the same time. */
async function unpacked(): Promise<string> {
	const { version } = JSON.parse(await readFile(packageFile('@sparticuz/chromium'), 'utf8')) as { version: string };
	const folder = join(tmpdir(), `open-talks-chromium-${version}-${process.getuid?.() ?? 'user'}`);
	if (existsSync(folder)) return folder;
	const making = await mkdtemp(`${folder}-`);
	if (process.env.CHROMIUM_PATH === undefined) await unpackInto(making);
	try {
		await rename(making, folder);
	} catch (error) {
		await rm(making, { recursive: true, force: true });
		if (!existsSync(folder)) throw error;
	}
	return folder;
}

async function unpackInto(folder: string): Promise<void> {
	const { inflate } = await import('@sparticuz/chromium');
	const binaries = join(dirname(packageFile('@sparticuz/chromium')), 'bin');
	// inflate unpacks into the temporary folder, which it asks of the environment
	const usual = process.env.TMPDIR;
	process.env.TMPDIR = folder;
	try {
		await Promise.all(['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br'].map((name) => inflate(join(binaries, name))));
	} finally {
		if (usual === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = usual;
	}
}

/** The same letters on every machine, Arabic and Chinese included, whichever fonts it has. */
async function fonts(folder: string): Promise<string> {
	const packages = ['noto-sans', 'noto-serif', 'noto-naskh-arabic', 'noto-sans-sc'].map((name) =>
		dirname(packageFile(`@expo-google-fonts/${name}`))
	);
	const file = join(folder, `fonts-${createHash('sha256').update(packages.join()).digest('hex').slice(0, 12)}.conf`);
	if (existsSync(file)) return file;
	const alias = (family: string, ...preferred: string[]) =>
		`<alias binding="same"><family>${family}</family><prefer>${preferred.map((name) => `<family>${name}</family>`).join('')}</prefer></alias>`;
	await mkdir(join(folder, 'font-cache'), { recursive: true });
	const writing = `${file}-${process.pid}`;
	await writeFile(
		writing,
		`<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${packages.map((path) => `<dir>${path}</dir>`).join('')}<dir>/usr/share/fonts</dir>
<cachedir>${join(folder, 'font-cache')}</cachedir>
${alias('system-ui', 'Noto Sans', 'Noto Naskh Arabic', 'Noto Sans SC')}
${alias('sans-serif', 'Noto Sans', 'Noto Naskh Arabic', 'Noto Sans SC')}
${alias('serif', 'Noto Serif', 'Noto Naskh Arabic', 'Noto Sans SC')}
</fontconfig>`
	);
	await rename(writing, file);
	return file;
}

function packageFile(name: string): string {
	// a package may hide its package.json from `require`; its folder lies where npm puts it
	const near = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name, 'package.json'));
	const found = near.find(existsSync);
	if (!found) throw new Error(`${name} is not installed: npm ci`);
	return found;
}
