// The cases that hold in every VS Code. Bundled for the browser too: no Node imports here.
import * as vscode from 'vscode';

/** What a case may ask of the program around VS Code. */
export interface Outside {
  /** Pictures the window as `out/screenshots/NAME.png`, where the host can; NAME is letters, digits and "-". */
  screenshot(name: string): Promise<void>;
}

/** Registers the cases with Mocha; its `suite` and `test` must be there. */
export function cases(outside: Outside): void {
  suite('Termlint', () => {
    test('activates', async () => {
      const extension = vscode.extensions.getExtension('termlint.termlint');
      if (!extension) throw new Error('The extension "termlint.termlint" is not there');
      await extension.activate();
      if (!extension.isActive) throw new Error('The extension "termlint.termlint" is not active');
      await outside.screenshot('activated');
    });
  });
}
