import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserName } from '#people/sign-in/browser-name.ts';

test('a browser is called as its owner calls it', () => {
	const says = {
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0':
			'Edge · Windows',
		'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0': 'Firefox · Android',
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1':
			'Safari · iPhone',
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36': 'Chrome · Linux',
		'curl/8.5.0': '',
		'': ''
	};
	assert.deepEqual(Object.keys(says).map(browserName), Object.values(says));
});
