SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  // A token typed here is forgotten with the page.
  persistAuthorization: false,
  // Swagger UI would otherwise ask a server of its makers whether the document is valid.
  validatorUrl: null,
});
