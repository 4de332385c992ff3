// Passkeys: asks the site for a challenge, the device for its answer, then sends the form that carries it.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  // What JSON cannot hold, there and back.
  function understood(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const key of options.excludeCredentials || []) key.id = bytes(key.id);
    return options;
  }

  function told(key) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) response[name] = text(key.response[name]);
    }
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
  }

  async function answer(form) {
    const asked = await fetch(form.dataset.passkey, { method: "POST", body: new FormData(form) });
    if (!asked.ok) throw new Error(asked.status);
    const publicKey = understood(await asked.json());
    const kept = navigator.credentials;
    return told(await ("make" in form.dataset ? kept.create({ publicKey }) : kept.get({ publicKey })));
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[role=alert]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      try {
        form.elements.answer.value = await answer(form);
      } catch (error) {
        // Not allowed: nobody chose a key; invalid state: the device has one already.
        const refused = ["NotAllowedError", "InvalidStateError"].includes(error.name);
        said.textContent = refused ? said.dataset.refused : said.dataset.failed;
        return;
      }
      form.submit();
    });
  }
})();
