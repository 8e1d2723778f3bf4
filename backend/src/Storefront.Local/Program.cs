return await Storefront.Local.LocalHost.RunAsync(args);
