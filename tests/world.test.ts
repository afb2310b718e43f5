import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedInAs, theExampleWorld } from './world.ts';

const product = await theExampleWorld();

test('the example world stands on the home page', async () => {
	const page = await (await fetch(product.address)).text();
	assert.match(page, /International Internet-related public policy/);
});

test('its administrator is signed in by a link', async () => {
	const cookie = await signedInAs(product, 'administrator');
	const answer = await fetch(`${product.address}/account`, { headers: { cookie } });
	assert.equal(answer.status, 200);
	assert.match(await answer.text(), /Ada Administrator/);
});
