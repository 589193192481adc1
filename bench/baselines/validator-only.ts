/** Floor (b): Express and the validator, with the server's own document, that answers at once and keeps nothing. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import express from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { listen } from './listen.ts';

const document = new URL('../../openapi/generated/openapi.json', import.meta.url);
const app = express();
app.use(express.json());
app.use(
  OpenApiValidator.middleware({
    apiSpec: JSON.parse(readFileSync(document, 'utf8')),
    validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
    validateResponses: false,
    validateSecurity: { handlers: { key: () => true } },
    validateApiSpec: false,
  }),
);
app.patch('/v1/sessions/:sessionId', (request, response) => {
  response.json({ sessionId: request.params['sessionId'], lastHeartbeat: Date.now() });
});
listen(createServer(app));
