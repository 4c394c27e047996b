"""What every stage stands on: errors, records, tables and engines. Imports nothing else of Retold."""
