import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { existsSync, readFileSync } from 'node:fs';
import { defineConfig, isRunnableDevEnvironment, type Plugin, type Rolldown, type ViteDevServer } from 'vite';
import type { Context } from './src/web/context.server.ts';
import type * as Entry from './src/server-entry.ts';

const node = adapter({ out: 'build' });
let developing: Promise<{ entry: typeof Entry; context: Context }> | undefined;

export default defineConfig({
	plugins: [
		frontInDevelopment(),
		noSearchForCleanups(),
		sveltekit({
			adapter: {
				...node,
				emulate: () => ({
					platform: async () => ({ req: { openTalks: { context: (await developing!).context, address: '127.0.0.1' } } })
				})
			},
			paths: { relative: false },
			// the notebook of a café registers it for its own path; no other page of the site is served by a worker
			serviceWorker: { register: false },
			csp: {
				mode: 'hash',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					// the style attribute of SvelteKit's own route announcer
					'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
					'img-src': ['self', 'data:'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'frame-ancestors': ['none'],
					'form-action': ['self']
				}
			}
		})
	],
	environments: {
		// what many pages share comes in one piece, not in thirty: fewer requests, and it compresses better together; but who takes part
		// does not carry what the desk and rooms alone share
		client: {
			build: {
				// each page names what it needs in its head; the list of that for all pages, in the entry of each, was a quarter of it
				modulePreload: { polyfill: false, resolveDependencies: () => [] },
				rolldownOptions: {
					output: {
						codeSplitting: {
							groups: [
								{
									name: (module, chunks) => (comesToWhoTakesPart(module, chunks) ? 'face' : null),
									test: /[\\/]src[\\/]/,
									minShareCount: 5
								}
							]
						}
					}
				}
			}
		},
		// bundled by the same build as the pages, so that a module with a state exists once in the process
		ssr: { build: { rolldownOptions: { input: { 'open-talks': 'src/server-entry.ts' } } } }
	}
});

/** Whether a layout, or a page outside the desk and rooms that brings a script, leads to the module; what is not ours comes everywhere. */
function comesToWhoTakesPart(module: string, chunks: Rolldown.ChunkingContext): boolean {
	if (module.includes('node_modules')) return true;
	const seen = new Set([module]);
	for (const one of seen) {
		if (
			/[\\/]src[\\/]routes[\\/](?!desk[\\/]|notebook[\\/]|.*[\\/]events[\\/]).*\+(?:layout|page)\.svelte$/.test(one) &&
			bringsScript(one)
		)
			return true;
		for (const importer of chunks.getModuleInfo(one)?.importers ?? []) seen.add(importer);
	}
	return false;
}

function bringsScript(component: string): boolean {
	if (component.endsWith('+layout.svelte')) return true;
	const beside = component.replace(/\.svelte$/, '.ts');
	return existsSync(beside) && readFileSync(beside, 'utf8').includes('csr = true');
}

/**
 * After each rendering Svelte walks the whole tree of pieces for what is to be cleaned up, a generator for each piece: a sixth of what a page
 * allocates. Most pages have nothing of the kind; the walk is left out then.
 */
function noSearchForCleanups(): Plugin {
	const changes = [
		['(this.#on_destroy ??= []).push(fn);', '(this.#on_destroy ??= []).push(fn); this.global.hasCleanups = true;'],
		['#run_on_destroy(suppress_errors) {', '#run_on_destroy(suppress_errors) { if (!this.global.hasCleanups) return;']
	] as const;
	return {
		name: 'no-search-for-cleanups',
		apply: 'build',
		transform(code, id) {
			if (!id.endsWith('/svelte/src/internal/server/renderer.js')) return null;
			return changes.reduce((text, [found, instead]) => {
				if (!text.includes(found)) throw new Error(`this Svelte renders otherwise: ${found}`);
				return text.replace(found, instead);
			}, code);
		}
	};
}

/** In `vite dev` the same modules as in server.ts make the context and answer /api, from the module graph of the pages. */
function frontInDevelopment(): Plugin {
	return {
		name: 'front-in-development',
		apply: 'serve',
		configureServer(server) {
			developing = openInDevelopment(server);
			server.middlewares.use((request, response, next) => {
				if (!request.url?.startsWith('/api/')) return next();
				developing!
					.then(({ entry, context }) => {
						Object.assign(request, { openTalks: { context, address: '127.0.0.1' } });
						entry.answerApi()(request, response);
					})
					.catch(next);
			});
		}
	};
}

async function openInDevelopment(server: ViteDevServer) {
	const { ssr } = server.environments;
	// not server.ssrLoadModule: that has a module graph of its own, so a state would exist twice
	if (!ssr || !isRunnableDevEnvironment(ssr)) throw new Error('this vite cannot run modules');
	const entry = await ssr.runner.import<typeof Entry>('/src/server-entry.ts');
	return { entry, context: await entry.openOwnContext() };
}
