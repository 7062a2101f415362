-- An import takes longer than a request of a person at work may.
SELECT set_config('statement_timeout', '30s', true),
       set_config('idle_in_transaction_session_timeout', '60s', true);
