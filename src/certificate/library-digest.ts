/** SHA-256 of what the theorems say; written by `npm run proofs`. */
export const libraryDigest = 'f202ad92491e428e2ad8cb6357d38db1e1c67c0f3e6e6948d54af491ef91291e';
