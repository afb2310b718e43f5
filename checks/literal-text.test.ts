import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './literal-text.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

test('no page says anything in English only', () => {
	assert.deepEqual(problems(project), []);
});

test('words in the markup, in a spoken attribute and in an expression are found', () => {
	const page = `<script lang="ts">
	const { say } = $props();
	const words = 'Not in the markup';
</script>
<h1 class="big title" id="top">{say('a.b')} · 12 &amp; 3</h1>
<p>Read <code>npm test</code></p>
<img alt="A picture" src="/a b.png" />
{#if say}{say ? 'Still open' : 'closed'}{/if}
<style>
	p { color: red; }
</style>
`;
	assert.deepEqual(planted([], { 'src/routes/+page.svelte': page }, problems), [
		'src/routes/+page.svelte:6 says "Read" in English only',
		'src/routes/+page.svelte:7 says "A picture" in English only',
		'src/routes/+page.svelte:8 says "Still open" in English only'
	]);
});
