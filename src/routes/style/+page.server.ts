import { markdown } from '#web/texts/markdown.server.ts';
import type { PageServerLoad } from './$types';

const background = `The Tunis Agenda asks **all stakeholders** to take part in their [respective roles](https://www.itu.int/net/wsis/).

## What is asked

1. What are the issues?
2. Who should deal with them?

> Sovereign rights, and the rights of each person, meet in the same cable.

| Year | Event |
|---|---|
| 2003 | Geneva |
| 2005 | Tunis |
`;

export const load: PageServerLoad = () => ({ html: markdown(background) });
