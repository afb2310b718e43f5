import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedIn } from './asked-in.ts';

const region = { name: 'region', label: 'Region', options: [{ value: 'african', label: 'African' }] } as const;
const theme = { name: 'theme', label: 'Theme', options: [] } as const;
const asked = (address: string) => askedIn(new URLSearchParams(address), [region, theme], ['search', 'sort']);

test('an address asks for what the filters of its list have; an empty field is as if it were not there', () => {
	assert.deepEqual(asked('region=african&search=cables&sort=&theme=&other=1'), {
		asked: { search: 'cables', region: 'african' },
		notHere: []
	});
});

test('what a filter does not have is left out and named', () => {
	assert.deepEqual(asked('region=nonsense&theme=7&search=cables'), { asked: { search: 'cables' }, notHere: ['Region', 'Theme'] });
	assert.deepEqual(asked('region=__proto__&region=african'), { asked: {}, notHere: ['Region'] });
});

test('words are cut to what a search can need and hold no NUL', () => {
	assert.deepEqual(asked(`search=a%00${'b'.repeat(400)}`).asked, { search: `a${'b'.repeat(298)}` });
});
