import { storesContract } from '../../contracts/stores.js';
import { openPostgres } from './open-postgres.js';

storesContract('PostgresDatabase', openPostgres);
