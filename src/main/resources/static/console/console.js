// What a person has opened, selected or waits for stays as it is while the page fetches itself anew.
(() => {
  const troubles = ['logged-out', 'no-answer', 'not-done'].map(id => document.getElementById(id));
  let open = [];

  function tell(id) {
    for (const trouble of troubles) {
      trouble.hidden = trouble.id !== id;
    }
  }

  document.addEventListener('htmx:beforeRequest', event => {
    const refresh = event.detail.requestConfig.verb === 'get';
    if (refresh && (document.hidden || !getSelection().isCollapsed)) {
      event.preventDefault();
    }
  });

  document.addEventListener('htmx:beforeSwap', () => {
    open = [...document.querySelectorAll('details[open]')].map(details => details.id);
  });

  document.addEventListener('htmx:afterSwap', () => {
    for (const id of open) {
      const details = document.getElementById(id);
      if (details) {
        details.open = true;
      }
    }
  });

  document.addEventListener('htmx:afterRequest', event => {
    if (event.detail.successful) {
      tell(null);
    }
  });

  document.addEventListener('htmx:responseError', event => {
    const {xhr, requestConfig} = event.detail;
    tell(xhr.status === 401 ? 'logged-out' : requestConfig.verb === 'get' ? 'no-answer' : 'not-done');
  });

  document.addEventListener('htmx:sendError', () => tell('no-answer'));
  document.addEventListener('htmx:timeout', () => tell('no-answer'));
})();
