// Stands in for code-server's native `native-watchdog`: ends the extension host when the server is gone.
exports.start = (server) => {
  setInterval(() => {
    try {
      process.kill(server, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
};

exports.exit = (code) => process.exit(code ?? 0);
